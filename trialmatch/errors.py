"""Errors of the service.

TrialmatchError
├── SettingsError        a setting is missing or wrong: names the variable and what would be right, never its value
├── InputFileError       a file given on the command line cannot be read
├── DatabaseError        the database cannot be used as it is
├── ScreeningError       a process, a worker or the cluster that screens cases failed
├── LockBusyError        another process, or another thread, holds a lock that is not waited for
├── LeaseLostError       the connection that held a lock is lost, and the lock with it: nothing more is written
├── SealError            bytes that the key does not open at their place
├── PayloadError         an understood trial that cannot be written as bytes, or bytes that are not one
└── SyncError
    ├── SyncBusyError    a synchronisation is running already: never two at once
    ├── SyncAbandonedError  this run was given up before anything of it was written
    ├── UnknownRunError  there is no run of that number
    └── SyncDecisionError   a run that cannot be accepted, or refused: says why

An error that is answered over HTTP is a problem: see `http/problems.py`.
"""


class TrialmatchError(Exception):
    """Base of every error raised by `trialmatch`."""


class SettingsError(TrialmatchError):
    """Settings that cannot be used; no value is repeated, because it may be a secret."""


class InputFileError(TrialmatchError):
    """A file of the command line that is missing or is not what it is taken for."""


class DatabaseError(TrialmatchError):
    """A database that cannot be opened, or an instant without a time zone that was about to be stored."""


class ScreeningError(TrialmatchError):
    """Screening failed elsewhere: says in which lines and what kind of failure, never what a case holds."""


class LockBusyError(TrialmatchError):
    """A lock was not free in the time it was waited for."""


class LeaseLostError(TrialmatchError):
    """A lock is not held any more: another process may have it; what was not committed never is."""


class PayloadError(TrialmatchError):
    """A trial that its codec cannot write, or bytes that are damaged or of another version: translate it anew."""


class SealError(TrialmatchError):
    """Sealed bytes that were changed, moved to another place, or sealed under another key."""


class SyncError(TrialmatchError):
    """Base of what may go wrong with a synchronisation apart from its source."""


class SyncBusyError(SyncError):
    """A synchronisation is running already, here or in another process: try again when it has ended."""


class SyncAbandonedError(SyncError):
    """The run was given up (the service stops, or another run took over): the catalogue is as it was."""


class UnknownRunError(SyncError):
    """No run has that number."""


class SyncDecisionError(SyncError):
    """A run that is not held (any more), or that a later one would be undone by: look at its row again."""
