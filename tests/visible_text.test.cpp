// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/visible_text.hpp>

#include <string>

#include <doctest/doctest.h>

using compute_divide::visible_line, compute_divide::visible_text;

TEST_CASE("controls, changes of direction and what is no UTF-8 are written out") {
    CHECK(visible_text("plain") == "plain");
    CHECK(visible_text("M\u00FCnchen \u6771\u4EAC") == "M\u00FCnchen \u6771\u4EAC");
    CHECK(visible_text("\x1b[31mred\a\t\x7f") == "\\x1B[31mred\\x07\\t\\x7F");
    CHECK(visible_text("\xc2\x9b"
                       "5m \u202Eeman") == "\\x9B5m \\u202Eeman");
    CHECK(visible_text("a\xff"
                       "b\xe2\x82") ==
          "a\uFFFD"
          "b\uFFFD");
    CHECK(visible_text(std::string("a\0b", 3)) == "a\\x00b");
}

TEST_CASE("line breaks stay in a text, and are written out on a line") {
    CHECK(visible_text("a\nb\r\nc\rd") == "a\nb\nc\\rd");
    CHECK(visible_line("a\nb\r\nc\rd") == "a\\nb\\nc\\rd");
    CHECK(visible_line("").empty());
}
