// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_COMPUTE_DETAIL_ACCELERATOR_WORDS_HPP
#define COMPUTE_DIVIDE_COMPUTE_DETAIL_ACCELERATOR_WORDS_HPP

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include <compute_divide/compute/accelerator.hpp>
#include <compute_divide/detail/algorithms.hpp>

/// The names of accelerators, made comparable.
namespace compute_divide::inline v0_2::detail {

/// Makers, series and words that names of accelerators stand among.
inline constexpr std::array<std::string_view, 42> words_without_meaning{
    "nvidia",   "google",    "amd",     "intel",   "huawei",  "hisilicon",   "amazon",       "aws",       "cloud",
    "meta",     "microsoft", "baidu",   "alibaba", "geforce", "tesla",       "quadro",       "radeon",    "instinct",
    "habana",   "cambricon", "gpu",     "gpus",    "gpgpu",   "accelerator", "accelerators", "processor", "processors",
    "graphics", "card",      "cards",   "device",  "devices", "pod",         "pods",         "slice",     "slices",
    "tensor",   "tm",        "version", "the",     "module",  "workstation"};
/// Words that few names have, and texts more often.
inline constexpr std::array<std::string_view, 19> words_of_edition{
    "nvlink", "dgx",     "hgx",   "dgxs",   "server", "edition", "founders",  "generation", "architecture", "kepler",
    "pascal", "maxwell", "volta", "turing", "ampere", "hopper",  "blackwell", "based",      "system"};

[[nodiscard]] inline std::optional<accelerator_unit> unit_of(std::string_view word) {
    const auto is = [word](auto... choices) { return ((word == choices) || ...); };
    if (is("core", "cores", "tensorcore", "tensorcores")) return accelerator_unit::core;
    if (is("chip", "chips", "die", "dies", "gcd", "gcds")) return accelerator_unit::chip;
    if (is("board", "boards")) return accelerator_unit::board;
    return std::nullopt;
}

/// A key of a name or text; a fixed buffer, since lookups allocate nothing.
class accelerator_key {
public:
    static constexpr std::size_t capacity = 128;
    constexpr void append(std::string_view text) {
        detail::copy(text, bytes_.begin() + static_cast<std::ptrdiff_t>(size_));
        size_ += text.size();
    }
    [[nodiscard]] constexpr std::string_view view() const { return {bytes_.data(), size_}; }

private:
    std::array<char, capacity> bytes_{};
    std::size_t size_ = 0;
};

/// The letters-only and digits-only words of a text, in lower case, and what each is for a name.
class accelerator_words {
public:
    explicit accelerator_words(std::string_view text) {
        if (text.size() > lower_.size()) return;  // no name
        split(text);
        for (std::size_t i = 0; i < size_; ++i) classify(i, text);
    }
    accelerator_words(const accelerator_words&) = delete;
    accelerator_words& operator=(const accelerator_words&) = delete;

    /// What names are compared by: words joined. At first all but those without meaning and the s of a plural; then
    /// with that s (and without a capital one); then also without words of edition; memory; form factor.
    static constexpr int efforts = 5;
    [[nodiscard]] accelerator_key key(int effort) const {
        accelerator_key joined;
        for (std::size_t i = 0; i < size_; ++i)
            if (is_kept(words_[i].kind, effort)) joined.append(words_[i].text);
        return joined;
    }
    /// The key that a name of the catalogue goes by: a final s is part of it.
    [[nodiscard]] accelerator_key name_key() const {
        accelerator_key joined;
        for (std::size_t i = 0; i < size_; ++i)
            if (words_[i].kind != kinds::nothing) joined.append(words_[i].text);
        return joined;
    }

    /// The unit that the text counts in, where it says so.
    [[nodiscard]] std::optional<accelerator_unit> unit() const { return unit_; }

    /// A slice of a TPU pod, as in "v3-512" and "TPU v5litepod-256": which TPU, and its number.
    struct pod_slice {
        accelerator_key tpu;
        double size = 0;
    };
    [[nodiscard]] std::optional<pod_slice> slice() const {
        std::array<std::string_view, 5> left;
        std::size_t n = 0;
        for (std::size_t i = 0; i < size_; ++i) {
            if (words_[i].kind == kinds::nothing || words_[i].text == "tpu") continue;
            if (n == left.size()) return std::nullopt;
            left[n++] = words_[i].text;
        }
        const bool lettered = n == 4 && (left[2] == "e" || left[2] == "p" || left[2] == "litepod" || left[2] == "lite");
        if ((n != 3 && !lettered) || left[0] != "v" || left[1].size() != 1) return std::nullopt;
        const std::string_view number = left[n - 1];
        if (number[0] < '1' || number[0] > '9' || number.size() > 6) return std::nullopt;
        pod_slice found;
        found.tpu.append("tpuv");
        found.tpu.append(left[1]);
        if (lettered) found.tpu.append(left[2]);
        for (const char digit : number) found.size = 10 * found.size + (digit - '0');
        return found;
    }

private:
    enum class kinds : std::uint8_t { name, nothing, plural, capital_s, edition, memory, form };
    struct word {
        std::string_view text;
        std::size_t begin = 0;
        kinds kind = kinds::name;
    };

    [[nodiscard]] static bool is_kept(kinds each, int effort) {
        switch (each) {
            case kinds::name:
                return true;
            case kinds::nothing:
                return false;
            case kinds::plural:
                return effort == 1;
            case kinds::capital_s:
                return effort != 1;
            case kinds::edition:
                return effort < 2;
            case kinds::memory:
                return effort < 3;
            case kinds::form:
                return effort < 4;
        }
        return true;
    }

    void split(std::string_view text) {
        char last = ' ';  // the class of the byte before: a letter, a digit or neither
        for (std::size_t i = 0; i < text.size(); ++i) {
            const char c = text[i];
            const bool capital = c >= 'A' && c <= 'Z', small = c >= 'a' && c <= 'z', digit = c >= '0' && c <= '9';
            lower_[i] = capital ? static_cast<char>(c - 'A' + 'a') : c;
            const char now = capital || small ? 'a' : digit ? '0' : ' ';
            if (now != ' ' && now == last) {
                words_[size_ - 1].text = {words_[size_ - 1].text.data(), words_[size_ - 1].text.size() + 1};
            } else if (now != ' ') {
                if (size_ == words_.size()) {
                    size_ = 0;  // no name has so many words
                    return;
                }
                words_[size_++] = {{&lower_[i], 1}, i, kinds::name};
            }
            last = now;
        }
    }
    [[nodiscard]] bool is_number(std::size_t i) const { return words_[i].text[0] >= '0' && words_[i].text[0] <= '9'; }
    /// Whether word i follows the one before it without anything between.
    [[nodiscard]] bool is_joined(std::size_t i) const {
        return i > 0 && words_[i].begin == words_[i - 1].begin + words_[i - 1].text.size();
    }

    [[nodiscard]] bool is_number_of(std::size_t i, std::string_view before) const {
        return is_number(i) && is_joined(i) && words_[i - 1].text == before;
    }

    void classify(std::size_t i, std::string_view text) {
        word& each = words_[i];
        const std::string_view before = i == 0 ? "" : words_[i - 1].text;
        const auto is = [&each](auto... choices) { return ((each.text == choices) || ...); };
        const auto is_in = [&each](const auto& list) { return detail::find(list, each.text) != list.end(); };
        const bool after_number = i > 0 && is_number(i - 1);
        const bool trademark = is("r", "tm") && each.begin > 0 && text[each.begin - 1] == '(';
        const bool of_pci_e = is("e", "express") && before == "pcie";
        const bool of_memory_kind = is_number_of(i, "hbm") || is_number_of(i, "gddr") ||
                                    (is("e", "x") && is_joined(i) && i > 1 && words_[i - 1].kind == kinds::edition);
        if (const auto unit = unit_of(each.text)) {
            if (before != "tensor") unit_ = unit;  // a GPU's tensor cores are not counted
            each.kind = kinds::nothing;
        } else if (is("s") && after_number && is_joined(i)) {
            each.kind = text[each.begin] == 's' ? kinds::plural : kinds::capital_s;
        } else if (is("tpus")) {
            each.text = "tpu";
        } else if (is("version") && before == "tpu") {
            each.text = "v";
        } else if (after_number && (is("gb", "gib") || (is("g") && !is_joined(i - 1)))) {  // not A10G's G
            each.text = "gb";
            each.kind = words_[i - 1].kind = kinds::memory;
        } else if (is("sxm", "oam", "pcie", "pci", "pcle") || is_number_of(i, "sxm")) {
            if (is("pci", "pcle")) each.text = "pcie";
            each.kind = kinds::form;
        } else if (is("hbm", "gddr") || of_memory_kind || is_in(words_of_edition)) {
            each.kind = kinds::edition;
        } else if (trademark || of_pci_e || is_in(words_without_meaning)) {
            each.kind = kinds::nothing;
        }
    }

    std::array<char, 96> lower_{};  // a word may grow by one byte in its key
    std::array<word, 20> words_{};
    std::size_t size_ = 0;
    std::optional<accelerator_unit> unit_;
};

/// Insertions, deletions, substitutions and swaps of neighbours that make `b` of `a`, no part edited twice (optimal
/// string alignment).
[[nodiscard]] inline std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::array<std::array<std::size_t, accelerator_key::capacity + 1>, 3> rows{};
    for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        auto& now = rows[i % 3];
        const auto &last = rows[(i + 2) % 3], &before = rows[(i + 1) % 3];
        now[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = std::min(now[j], before[j - 2] + 1);
        }
    }
    return rows[a.size() % 3][b.size()];
}

}  // namespace compute_divide::inline v0_2::detail

#endif
