"""`python -m complaintctl` is the same as `complaintctl`."""

import sys

from complaintctl.cli.main import main

sys.exit(main())
