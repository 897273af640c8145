// SPDX-License-Identifier: BSL-1.0
// What the precompiled header is compiled for: test_main.cpp, doctest's own code, cannot use it.
#include "precompiled.hpp"
