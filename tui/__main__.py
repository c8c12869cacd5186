"""`python -m tui` is `vanort`."""

import sys

from tui.cli import main

sys.exit(main())
