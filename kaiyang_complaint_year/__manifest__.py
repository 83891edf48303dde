{
    "name": "Service Hall Complaint Desk: Generated Year",
    "summary": "A year of complaints for the demonstration; no part of a desk at work",
    "version": "19.0.1.6.0",
    "license": "AGPL-3",
    "category": "Services/Helpdesk",
    "author": "Kaiyang Complaint Desk Contributors",
    "depends": ["kaiyang_complaint"],
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
}
