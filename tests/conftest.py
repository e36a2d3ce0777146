"""What every test needs: Ctrl-C that arrives, also where the tests themselves were started in the background.

A shell starts a background job with the interrupt signal ignored, and whoever it starts inherits that. A clerk's
program is never started so; the tests that interrupt it must not be either.
"""

import contextlib
import signal

with contextlib.suppress(ValueError):  # not the main thread: nothing to put right there
    signal.signal(signal.SIGINT, signal.default_int_handler)
