# Odoo looks for test modules in this package only.
from .access import *
from .archive import *
from .case import *
from .desk import *
from .exchange import *
from .feedback import *
from .hall import *
from .handling import *
from .intake import *
from .letter import *
from .result import *
from .time import *
