from . import test_demo_year, test_translation
