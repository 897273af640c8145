// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/text/normalise.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

using namespace compute_divide;

TEST_CASE("texts that mean the same are normalised alike") {
    struct row {
        std::string_view text, expected;
    };
    const std::vector<row> rows = {
        {"", ""},
        {"MIT, Cambridge", "mit, cambridge"},
        {"ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_@", "abcdefghijklmnopqrstuvwxyz[\\]^_@"},
        {"Université de Montréal", "universite de montreal"},
        {"Universite\u0301 de Montre\u0301al", "universite de montreal"},
        {"TÜRKİYE Işık Üniversitesi", "turkiye isik universitesi"},
        {"Trường Đại học Bách khoa Hà Nội", "truong dai hoc bach khoa ha noi"},
        {"Politechnika Łódzka, Œuvre, Straße, Ærø, Þór", "politechnika lodzka, oeuvre, strasse, aero, thor"},
        {"ΠΑΝΕΠΙΣΤΉΜΙΟ Αθήνας", "πανεπιστημιο αθηνασ"},
        {"МОСКОВСКИЙ Ёлка", "московскии елка"},
        {"東京大学、ＧＯＯＧＬＥ（株）", "東京大学,google(株)"},
        {"oﬃce ﬁeld", "office field"},
        {"King’s “AI” — lab–2 …", "king's \"ai\" - lab-2 ..."},
        {"¹Google²Mila • DeepMind†", " google mila deepmind "},
        {"a \t\r\n b\u00a0\u3000c\u2009\u2009d  e", "a b c d e"},
        {std::string_view("a\0b\x1f\x7f"
                          "c",
                          6),
         "a b c"},
        {"Goo\u200bgle \u202eInc\u202c \u00adA\u00adI\ufeff", "google inc ai"},
        // Accents beside letters, as PDF files yield them.
        {"Universit´e", "universite"},
        {"Universite´ Paris", "universite paris"},
        {"ETH Z¨urich", "eth zurich"},
        {"ETH Z ¨urich", "eth zurich"},
        {"Paris ´Ecole", "paris ecole"},
        {"Universit`a", "universita"},
        {"a ` b ´ c", "a ' b c"},
        // Entities.
        {"AT&amp;T &lt;b&gt; &#39;x&#x27; &QUOT;", "at&t <b> 'x' &quot;"},
        {"Universit&eacute; &Eacute;cole &#233; &#xE9;", "universite ecole e e"},
        {"&amp;eacute; &amp;amp;amp; &amp;nbsp;x", "e & x"},
        {"&; & &unknown; &#; &#x; &#1114112; &#xD800; &#0;a &eacute",
         "&; & &unknown; &#; &#x; &#1114112; &#xd800; a &eacute"},
        // Not UTF-8: Windows-1252.
        {"Universit\xe9 M\xfcnchen \x93x\x94 \x85", "universite munchen \"x\" ..."},
        {"\xc0\xaf \xed\xa0\x80 \xf5", "a i € o"},
        {"\xe2\x82", "a'"},
        {"\xf0\x9f\x98\x80 \xf0\xa0\x80\x80", "\xf0\x9f\x98\x80 \xf0\xa0\x80\x80"},
    };
    for (const row& each : rows) {
        CAPTURE(each.text);
        CHECK(normalised(each.text) == each.expected);
    }
}

TEST_CASE("every byte knows where it comes from") {
    const std::string text = "Ecole  d&eacute;j\u00e0 Stra\u00dfe \u5927\u5b66 abcdefghIJKLMNOP";
    normalised_text out;
    normalise(text, out);
    const std::string_view view = out.view();
    const auto original = [&](std::string_view part) {
        const std::size_t at = view.find(part);
        REQUIRE(at != std::string_view::npos);
        const std::size_t begin = out.origin(at);
        return text.substr(begin, out.origin(at + part.size()) - begin);
    };
    CHECK(original("ecole") == "Ecole");
    CHECK(original(" ") == "  ");
    CHECK(original("deja") == "d&eacute;j\u00e0");
    CHECK(original("strasse") == "Stra\u00dfe");
    CHECK(original("\u5b66") == "\u5b66");
    CHECK(original("hijkl") == "hIJKL");
    CHECK(out.origin(view.size()) == text.size());
    for (std::size_t i = 1; i <= view.size(); ++i) CHECK(out.origin(i - 1) <= out.origin(i));

    // A character that becomes several is the origin of each, and what ends within it ends behind it.
    normalise("a \u249f b", out);
    REQUIRE(out.view() == "a (d) b");
    CHECK(out.origin(3) == 2);
    CHECK(out.origin(4) == 2);
    CHECK(out.origin_of_end(4) == 5);
    CHECK(out.origin_of_end(5) == 5);
    CHECK(out.origin_of_end(1) == 1);
    CHECK(out.origin_of_end(out.view().size()) == std::string_view("a \u249f b").size());
}

TEST_CASE("a normalised text is used again, for longer and shorter ones") {
    normalised_text out;
    CHECK(out.view().empty());
    CHECK(out.origin(0) == 0);
    for (const std::size_t size : {100U, 0U, 3U, 1000000U, 17U}) {
        normalise(std::string(size, 'A'), out);
        CHECK(out.view() == std::string(size, 'a'));
        CHECK(out.origin(size) == size);
    }
}

TEST_CASE("the place of a byte in its block of eight does not matter") {
    const std::string_view text = "Caf\u00e9  &amp; `Bar\tX´e \xe9 ";
    const std::string once = normalised(text);
    for (std::size_t before = 1; before <= 16; ++before)
        CHECK(normalised(std::string(before, 'Z').append(text)) == std::string(before, 'z').append(once));
}
