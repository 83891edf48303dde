import contextlib
import json
import os
import re
import shutil
import tempfile
from pathlib import Path

from odoo.tools import config

from ...tools import anchor

OPTION = "complaint_seal_dir"
NAME = re.compile(r"\d{8}\.json")


class SealFolder:
    """What proves the access logs of a database and must not lie in it: the key, and the anchors.

    A folder of the server, ``complaint_seal/<database>`` in Odoo's ``data_dir`` or in the folder
    that the option ``complaint_seal_dir`` of Odoo's configuration file names: an option, since who
    writes in the database could change a parameter. Workers on several machines share it, as they
    share the filestore. Backups of the database do not hold it.
    """

    def __init__(self, dbname):
        base = config.get(OPTION) or Path(config["data_dir"]) / "complaint_seal"
        self.path = Path(base) / dbname

    def key(self):
        """Return the private key and since when it is there, or nothing.

        :return: ``private_key`` and ``since``, a UTC moment as anchors write it
        """
        try:
            return json.loads((self.path / "key.json").read_text())
        except FileNotFoundError:
            return {}

    def make_key(self, since):
        """Make a key unless another worker just did; return the one that is there.

        :raise OSError: where the folder can't be written
        """
        text = json.dumps({"private_key": anchor.new_key(), "since": since})
        self._put(self.path / "key.json", text)
        return self.key()

    def keep(self, centre, number, text):
        """Keep a copy of an anchor; one that is there stays.

        :raise OSError: where the folder can't be written
        """
        self._put(self.path / str(centre) / f"{number:08}.json", text)

    def kept(self, centre):
        """Return the number of the newest copy of a centre's anchors, and its text."""
        with contextlib.suppress(FileNotFoundError):
            files = (self.path / str(centre)).iterdir()
            newest = max((file for file in files if NAME.fullmatch(file.name)), default=None)
            if newest:
                return int(newest.stem), newest.read_text()
        return 0, ""

    def remove(self):
        """Take the folder away with the addon."""
        shutil.rmtree(self.path, ignore_errors=True)

    def _put(self, path, text):
        """Write a whole file that only the server reads, unless there is one."""
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent)  # of mode 0600
        try:
            with os.fdopen(handle, "w") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            with contextlib.suppress(FileExistsError):
                os.link(name, path)
        finally:
            Path(name).unlink()
