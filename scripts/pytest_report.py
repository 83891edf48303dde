"""Read pytest's JUnit file and print "PASSED FAILED SKIPPED"."""

import sys
from xml.etree import ElementTree as ET

suite = ET.parse(sys.argv[1]).getroot().find("testsuite")
total, failures, errors, skipped = (
    int(suite.get(key)) for key in ("tests", "failures", "errors", "skipped")
)
print(total - failures - errors - skipped, failures + errors, skipped)
