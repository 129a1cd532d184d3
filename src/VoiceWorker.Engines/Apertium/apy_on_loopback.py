# Runs apertium-apy for one VoiceWorker.
#
# apertium-apy itself listens on all interfaces and outlives its parent; neither can be switched off. Here it listens
# on loopback only, on a port of the kernel's choice which is told on standard output, and it ends with the worker:
# the worker holds the other end of standard input open, and however the worker ends, the kernel closes it.
# (A parent-death signal would not do: it comes when the parent's *thread* ends, and .NET starts children from
# threads of a pool.)
import os
import signal
import sys
import threading

os.setpgid(0, 0)


def die_with_worker():
    while os.read(0, 4096):
        pass
    os.killpg(0, signal.SIGKILL)


threading.Thread(target=die_with_worker, daemon=True).start()

import tornado.tcpserver
from apertium_apy.apy import main

bind_sockets = tornado.tcpserver.bind_sockets


def bind_to_loopback(port, address=None, **options):
    sockets = bind_sockets(port, address="127.0.0.1", **options)
    print("port", sockets[0].getsockname()[1], flush=True)
    return sockets


tornado.tcpserver.bind_sockets = bind_to_loopback
sys.exit(main())
