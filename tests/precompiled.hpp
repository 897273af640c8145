// SPDX-License-Identifier: BSL-1.0
// What nearly every test takes of the standard library, doctest and Boost, compiled once: a third of the time of the
// small tests. Headers of the library stay out, so that one that is changed costs its own tests alone. That each can be
// used alone, tests/headers_alone.sh says.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <random>
#include <ranges>
#include <set>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <boost/math/policies/policy.hpp>
#include <boost/math/special_functions/erf.hpp>
