"""Takes from the current process what a decoder does not need: files, network, other processes.

It asks the kernel itself, three calls of Landlock and one of seccomp: docs/decisions/uploads.md
says why no package does it. The mechanisms overlap on purpose, for a kernel may lack either.
"""

import ctypes
import os
import platform
import signal
import struct
import sys
from contextlib import suppress

NOBODY = 65534
PR_SET_PDEATHSIG, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 1, 22, 38
SECCOMP_MODE_FILTER = 2
LANDLOCK_CREATE_RULESET, LANDLOCK_RESTRICT_SELF = 444, 446  # on every architecture
LANDLOCK_VERSION = 1  # the flag that asks for it
FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 5: 16}  # how many there are since this version of Landlock
NETWORK_SINCE, SCOPES_SINCE = 4, 6

# The numbers of system calls on x86_64 and aarch64. Nothing else is permitted: not to open a file
# or a socket, not to look for one, not to signal, trace or start a process.
SYSTEM_CALLS = {
    **{"read": (0, 63), "write": (1, 64), "close": (3, 57), "fstat": (5, 80), "lseek": (8, 62)},
    **{"mmap": (9, 222), "mprotect": (10, 226), "munmap": (11, 215), "brk": (12, 214)},
    **{"mremap": (25, 216), "madvise": (28, 233), "getrandom": (318, 278)},
    **{"rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135), "rt_sigreturn": (15, 139)},
    **{"sigaltstack": (131, 132), "getpid": (39, 172), "gettid": (186, 178)},
    **{"futex": (202, 98), "set_robust_list": (273, 99), "rseq": (334, 293)},
    **{"membarrier": (324, 283), "sched_yield": (24, 124), "sched_getaffinity": (204, 123)},
    **{"clock_gettime": (228, 113), "clock_getres": (229, 114), "clock_nanosleep": (230, 115)},
    **{"nanosleep": (35, 101), "getrusage": (98, 165), "sysinfo": (99, 179)},
    **{"exit": (60, 93), "exit_group": (231, 94)},
}
ARCHITECTURES = {"x86_64": (0, 0xC000003E, 56), "aarch64": (1, 0xC00000B7, 220)}  # …, clone
CLONE3 = 435
CLONE_THREAD = 0x10000
LOAD, EQUAL, HAS_BIT, RETURN = 0x20, 0x15, 0x45, 0x06  # instructions of BPF
NUMBER, ARCHITECTURE, FIRST_ARGUMENT = 0, 4, 16  # offsets in struct seccomp_data
ALLOW, EPERM, ENOSYS = 0x7FFF0000, 0x00050001, 0x00050026

libc = ctypes.CDLL(None)
libc.prctl.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]
libc.syscall.argtypes = [ctypes.c_long, ctypes.c_void_p, ctypes.c_ulong, ctypes.c_ulong]


class FilterProgram(ctypes.Structure):
    """struct sock_fprog."""

    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]


def confine():
    """Confine this process from now on; returns what is in force, in words."""
    found = [deny_files(), become_nobody()]
    # A change of the user ends this, so it follows.
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    found.append(filter_system_calls())
    return [words for words in found if words]


def deny_files():
    """Open no file and, since their versions, no TCP connection and no signal, by Landlock."""
    version = libc.syscall(LANDLOCK_CREATE_RULESET, None, 0, LANDLOCK_VERSION)
    if version < 1 or libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return ""
    rights = max(count for since, count in FILE_RIGHTS.items() if since <= version)
    network = 0b11 if version >= NETWORK_SINCE else 0
    scopes = 0b11 if version >= SCOPES_SINCE else 0
    handled = struct.pack("=QQQ", (1 << rights) - 1, network, scopes)
    # Without a rule for any of them, everything that is handled is denied.
    ruleset = libc.syscall(LANDLOCK_CREATE_RULESET, handled, len(handled), 0)
    if ruleset < 0:
        return ""
    is_denied = libc.syscall(LANDLOCK_RESTRICT_SELF, ruleset, 0, 0) == 0
    os.close(ruleset)
    return f"Landlock {version}" if is_denied else ""


def become_nobody():
    """Give up the rights of root, where it has them."""
    with suppress(OSError):  # a container that knows no such user
        if os.geteuid() == 0:
            os.setgroups([])
            os.setresgid(NOBODY, NOBODY, NOBODY)
            os.setresuid(NOBODY, NOBODY, NOBODY)
            return "the user nobody"
    return ""


def filter_system_calls():
    """Permit SYSTEM_CALLS alone, by seccomp."""
    if platform.machine() not in ARCHITECTURES or sys.maxsize < 2**32:
        return ""
    program = filter_program(*ARCHITECTURES[platform.machine()])
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return ""
    wanted = FilterProgram(len(program) // 8, program)
    error = libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.addressof(wanted), 0, 0)
    return "" if error else "seccomp"


def filter_program(column, architecture, clone):
    """The filter in BPF; a call that is not permitted fails with EPERM."""
    steps = [
        (LOAD, 0, 0, ARCHITECTURE),
        (EQUAL, 1, 0, architecture),
        (RETURN, 0, 0, EPERM),
        (LOAD, 0, 0, NUMBER),
        (EQUAL, 0, 1, CLONE3),
        (RETURN, 0, 0, ENOSYS),  # libc then takes clone, told here:
        (EQUAL, 0, 4, clone),
        (LOAD, 0, 0, FIRST_ARGUMENT),
        (HAS_BIT, 0, 1, CLONE_THREAD),
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, EPERM),
    ]
    for numbers in SYSTEM_CALLS.values():
        steps += [(EQUAL, 0, 1, numbers[column]), (RETURN, 0, 0, ALLOW)]
    steps.append((RETURN, 0, 0, EPERM))
    return b"".join(struct.pack("=HBBI", *step) for step in steps)
