// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_COMPUTE_DETAIL_HARDWARE_SPELLINGS_HPP
#define COMPUTE_DIVIDE_COMPUTE_DETAIL_HARDWARE_SPELLINGS_HPP

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <compute_divide/compute/accelerators.hpp>
#include <compute_divide/compute/detail/hardware_words.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/text/normalise.hpp>

/// How texts spell the accelerators of a catalogue.
namespace compute_divide::inline v0_2::detail {

/// What a spelling needs beside it to be a chip.
enum class chip_certainty {
    sure,        // "RTX 2080 Ti"
    in_context,  // "A100" is also a road: a word for GPUs, for training, or a count
    in_place,    // "T4", also a table's number: the same, or "on" before it
    in_name,     // "Titan", "3090": its maker before it, or a word for GPUs after it
    in_pods      // "v3-512": a TPU or a pod
};

struct chip_surroundings {
    bool named, context, counted, placed, after_maker, before_device, pods;
};
[[nodiscard]] constexpr bool is_chip(chip_certainty certainty, const chip_surroundings& around) {
    if (certainty == chip_certainty::in_pods) return around.pods;
    if (certainty == chip_certainty::sure || around.after_maker) return true;
    if (certainty == chip_certainty::in_name) return around.before_device;
    if (around.named || around.counted || around.before_device) return true;
    return around.context && (certainty == chip_certainty::in_context || around.placed);
}

struct chip_spelling {
    std::string_view name;  // in the catalogue
    double cores;           // that a slice's name counts, for each chip
    chip_certainty certainty;
    double dies = 1;     // that make what the catalogue's figures are of
    double machine = 0;  // chips of the machine that the spelling names: "p4d.24xlarge" has 8

    friend bool operator==(const chip_spelling&, const chip_spelling&) = default;
};

struct spelled_word {
    std::string text;
    word_kind kind;
    double value;
};

[[nodiscard]] inline chip_certainty certainty_of(std::string_view spelling) {
    const auto has = [&](char first, char last) {
        return detail::any_of(spelling, [&](char c) { return c >= first && c <= last; });
    };
    const bool one_word = spelling.find(' ') == spelling.npos;
    if (!has('0', '9') && one_word) return chip_certainty::in_name;
    if (!has('a', 'z')) return chip_certainty::in_name;
    if (!one_word || spelling.size() > 5 || spelling.starts_with("tpu")) return chip_certainty::sure;
    return spelling.size() > 3 ? chip_certainty::in_context : chip_certainty::in_place;
}

/// A name without makers and series before it, brackets and "GPU" behind it, in normalised form.
[[nodiscard]] inline std::string bare_name(std::string_view name) {
    std::string text = normalised(name.substr(0, name.find('(')));
    for (bool stripped = true; stripped;) {
        stripped = false;
        for (const std::string_view word : {"nvidia ", "google ", "amd ", "intel ", "huawei ", "tesla ", "geforce ",
                                            "quadro ", "radeon ", "instinct ", "habana ", "data center gpu ", "hgx "})
            if (text.starts_with(word)) {
                text.erase(0, word.size());
                stripped = true;
            }
    }
    while (text.ends_with(' ')) text.pop_back();
    if (text.ends_with(" gpu")) text.erase(text.size() - 4);
    return text;
}

[[nodiscard]] inline double dies_of(const accelerator& chip) {
    return chip.counted == accelerator_unit::board ? static_cast<double>(chip.chips_per_board) : 1.0;
}

/// The spellings of all chips, singular and plural, with and without each space; `chips` takes what they stand for, by
/// the value of the word.
[[nodiscard]] inline std::vector<spelled_word> spellings_of(const accelerator_catalogue& catalogue,
                                                            std::vector<chip_spelling>& chips) {
    std::vector<spelled_word> words;
    std::size_t of_entry = 0;  // where the chips of the entry begin: spellings that mean the same share one
    const auto place_of = [&](const chip_spelling& chip) {
        const auto same = std::find(chips.begin() + static_cast<std::ptrdiff_t>(of_entry), chips.end(), chip);
        if (same != chips.end()) return static_cast<double>(same - chips.begin());
        chips.push_back(chip);
        return static_cast<double>(chips.size() - 1);
    };
    const auto add = [&](std::string_view name, const accelerator& entry) {
        const std::string bare = bare_name(name);
        if (bare.size() < 2) return;
        const auto spaces = static_cast<std::size_t>(detail::count(bare, ' '));
        for (std::size_t joined = 0; joined < std::size_t{1} << std::min<std::size_t>(spaces, 4); ++joined) {
            std::string spelling;
            std::size_t space = 0;
            for (const char c : bare)
                if (c != ' ' || (joined >> space++ & 1) == 0) spelling += c;
            const accelerator* const named = catalogue.find(spelling);
            const accelerator& chip = named != nullptr ? *named : entry;
            const double place =
                place_of({chip.name, static_cast<double>(chip.cores_per_chip), certainty_of(spelling), dies_of(chip)});
            words.push_back({spelling, word_kind::chip, place});
            words.push_back({spelling + 's', word_kind::chip, place});
        }
        if (bare.starts_with("tpu v")) {  // "CloudTPUv4"
            std::string joined = "cloud" + bare;
            std::erase(joined, ' ');
            words.push_back({joined, word_kind::chip, words.back().value});
        }
        if (!bare.starts_with("tpu v") || bare.find(' ', 5) != bare.npos) return;
        words.push_back({bare.substr(4), word_kind::version, static_cast<double>(chips.size())});
        chips.push_back(
            {entry.name, static_cast<double>(entry.cores_per_chip), chip_certainty::in_pods, dies_of(entry)});
    };
    for (std::size_t i = 0; i < catalogue.size(); ++i) {
        const accelerator& entry = catalogue[i];
        of_entry = chips.size();
        add(entry.name, entry);
        for (std::string_view rest = entry.aliases; !rest.empty();) {
            const std::size_t end = std::min(rest.find(';'), rest.size());
            add(rest.substr(0, end), entry);
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
    for (const cloud_instance& each : cloud_instances)
        if (const accelerator* const chip = catalogue.find(each.chip)) {
            words.push_back({std::string(each.name), word_kind::chip, static_cast<double>(chips.size())});
            chips.push_back({chip->name, 1, chip_certainty::sure, 1, each.chips});
        }
    return words;
}

/// Adds all words that are not chips.
inline void add_hardware_words(std::vector<spelled_word>& words) {
    for (const hardware_word& word : hardware_words) {
        words.push_back({std::string(word.text), word.kind, word.value});
        const bool noun = word.kind == word_kind::device || word.kind == word_kind::core ||
                          word.kind == word_kind::die || word.kind == word_kind::group ||
                          word.kind == word_kind::machine || word.kind == word_kind::unit ||
                          word.kind == word_kind::processor;
        if (noun && word.text.size() > 1) words.push_back({std::string(word.text) + 's', word.kind, word.value});
    }
}

}  // namespace compute_divide::inline v0_2::detail

#endif
