# Fills the database with a province of complaints, of which the other measurements take copies:
# KC_PROVINCE complaints over ten years, 10,000 unless told otherwise.
import os

from bench.shared.province import fill

fill(env, int(os.environ.get("KC_PROVINCE", "10000")))
