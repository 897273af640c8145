#!/usr/bin/env python3
"""The bytes of a state of format 2 from the description in state.hpp, in plain whole numbers: moments of 0 and 3, one missing.

    python3 tests/reference/state.py
"""
import struct

WORD = 2**64 - 1


def mixed(x):
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9 & WORD
    x = (x ^ (x >> 27)) * 0x94D049BB133111EB & WORD
    return x ^ (x >> 31)


def fingerprint(text):
    state = mixed(len(text) + 0x9E3779B97F4A7C15 & WORD)
    for at in range(0, len(text), 8):
        state = (state ^ int.from_bytes(text[at:at + 8], "little")) * 0xD6E8FEB86659FD93 & WORD
        state ^= state >> 32
    return mixed(state)


def word(x):
    return x.to_bytes(8, "little")


name = b"moments"
of_type = fingerprint(b"moments{u64 u64 {f64 f64} {f64 f64} f64 i32}")
content = struct.pack("<QQdddddi", 2, 1, 1.5, 0, 4.5, 0, 0, 0)
state = b"cdstate\n" + struct.pack("<I", 2) + bytes([len(name)]) + name + word(of_type) + content
print("fingerprint of the type", word(of_type).hex(" "))
print("fingerprint of all before", word(fingerprint(state)).hex(" "))
