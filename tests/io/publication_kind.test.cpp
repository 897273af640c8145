// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/io/publication_kind.hpp>

#include <optional>
#include <string>
#include <utility>

#include <doctest/doctest.h>

namespace cd = compute_divide;
using cd::publication_kind;

TEST_CASE("forms of publication by their addresses") {
    using enum publication_kind;
    const std::pair<const char*, std::optional<publication_kind>> cells[] = {
        {"", none},
        {"  \n", none},
        {"https://arxiv.org/abs/1706.03762", preprint},
        {"http://www.biorxiv.org/content/10.1101/1", preprint},
        {"https://www.NATURE.com/articles/nature16961", peer_reviewed},
        {"https://proceedings.neurips.cc/paper/2020/hash/x.html", peer_reviewed},
        {"https://openai.com/blog/x", report},
        {"https://huggingface.co/a/b", report},
        {"https://openai.com/blog/x\nhttps://arxiv.org/abs/1, https://x.ai", preprint},
        {"https://arxiv.org/abs/1 https://doi.org/10.1/2", preprint},
        {"https://doi.org/10.1/2", std::nullopt},
        {"https://www.semanticscholar.org/paper/1", std::nullopt},
        {"https://web.archive.org/web/2020/https://arxiv.org/abs/1", preprint},
        {"https://web.archive.org/web/2020/", std::nullopt},
        {"see the paper", std::nullopt},
        {"ftp://arxiv.org/1", std::nullopt},
        {"https://notarxiv.org/1", report},
        {"https://arxiv.org.example.com/1", report},
        {"https://", std::nullopt},
        {"https://localhost/1", std::nullopt}};
    for (const auto& each : cells) {
        CAPTURE(each.first);
        CHECK(cd::find_publication_kind(each.first) == each.second);
    }
    CHECK(cd::description_of(report) == "report or blog");
}
