// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_COMPUTE_HARDWARE_READER_HPP
#define COMPUTE_DIVIDE_COMPUTE_HARDWARE_READER_HPP

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <compute_divide/compute/accelerators.hpp>
#include <compute_divide/compute/detail/hardware_sentence.hpp>
#include <compute_divide/compute/detail/hardware_spellings.hpp>
#include <compute_divide/compute/detail/hardware_tokens.hpp>
#include <compute_divide/compute/detail/hardware_words.hpp>
#include <compute_divide/compute/hardware_mention.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/ascii.hpp>
#include <compute_divide/text/normalise.hpp>
#include <compute_divide/text/term_set.hpp>

/// The hardware that a text says it used: "trained on 64 nodes with 8 A100s each for about two weeks".
namespace compute_divide::inline v0_2 {

/// Reads what a text says of the hardware it used; built once (some 10 ms), then const and thread-safe.
///
///     const hardware_reader read;
///     read("We trained on 64 nodes with 8 A100s each for 12 days");  // 512 NVIDIA A100, 288 hours, training
///
/// Chips are those of the catalogue, under any of their names; a short name that may be something else ("A100", also a
/// road) needs a word for GPUs, for training or a count beside it. A suffix that makes another chip which the catalogue
/// does not have ("Laptop", "Max-Q", "Ada") leaves the chip empty, its name at chip_span. Numbers are read by the
/// grammar of text/quantities.hpp: with their whole expression, or not at all. Counts: digits, words, "a", "8x",
/// products ("48 * 8"), nodes times the chips of each; DGX machines and instances of clouds ("p4d.24xlarge") as their
/// chips; of TPUs chips, where cores or a slice is stated: a "v3-512" and 512 cores are 256; dies of a board (MI250X)
/// as parts of it; slices of a chip (MIG) by their profile ("3g.20gb" is 3/7), else without a count. Times: minutes to
/// months (of 30 days), of chips also years (of 365.25 days), and sums of them ("1d 12h", "3:45 h", "an hour and a
/// half"); of a range its middle, of a bound its value, both with their ends in hours_bounds; rates ("hours / day"),
/// differences ("saves 40 hours"), times per epoch, hours of data and those of something else that the clause speaks of
/// (patients, a battery, the collection of data) are none. A time belongs to the hardware just
/// behind it ("3 hours on a T4"), else before it; two times of the same hardware are two runs. Sentences within 500
/// bytes add to a run what it lacks. A number that cannot be (no chips, a utilisation above 1) is as not stated.
///
/// Cost: one pass, linear. A text without hardware is only searched for its names; a sentence with some is read word
/// by word. Precision and recall on texts with curated hardware and on marked sentences
/// (tests/reference/hardware_marks.csv), and how often a number is ten times off in 1,000 sentences of abstracts
/// (tests/reference/hardware_paper_marks.csv): examples/tools/evaluate_hardware.cpp.
class hardware_reader {
public:
    explicit hardware_reader(accelerator_catalogue catalogue = accelerator_catalogue())
        : catalogue_(std::move(catalogue)) {
        std::vector<detail::spelled_word> words = detail::spellings_of(catalogue_, chips_);
        detail::add_hardware_words(words);
        std::vector<term> anchors, all;
        for (const detail::spelled_word& word : words) {
            const kind is = word.kind;
            const detail::word_meaning meaning{is, word.value};
            if (meanings_.empty() || !(meanings_.back() == meaning)) meanings_.push_back(meaning);
            all.push_back({word.text, static_cast<std::uint32_t>(meanings_.size() - 1)});
            if (is == kind::chip || is == kind::version || is == kind::device || is == kind::core || is == kind::unit ||
                is == kind::utilisation)
                anchors.push_back({word.text, 0});
        }
        std::vector<std::string> counted;  // "8xV100", "36h"
        for (int n = 1; n <= 4096; ++n) counted.push_back(std::to_string(n) + "x*");
        for (int n = 0; n < 1000; ++n)
            for (const char* const unit : {"h", "hr", "hrs", "hours"}) counted.push_back(std::to_string(n) + unit);
        for (const std::string& each : counted) anchors.push_back({each, 0});
        anchors_ = term_set(anchors, {.hyphens = true});
        all_ = term_set(all, {.hyphens = true});
    }

    /// The mentions in a text, in the order in which they begin. Linear in its length.
    [[nodiscard]] std::vector<hardware_mention> operator()(std::string_view text) const {
        std::vector<hardware_mention> mentions;
        for_each(text, [&](const hardware_mention& mention) {
            // As many as are to be expected of the whole text: it may have more bytes of mentions than of text.
            if (mentions.size() == mentions.capacity() && mentions.size() >= 64) {
                const double share = static_cast<double>(text.size()) / static_cast<double>(mention.span.begin + 1);
                const double factor = std::clamp(1.05 * share, 1.5, 8.0);
                mentions.reserve(static_cast<std::size_t>(factor * static_cast<double>(mentions.size())));
            }
            mentions.push_back(mention);
        });
        return mentions;
    }

    /// Calls `found(mention)` for the same mentions in the same order, without keeping them: of a long text this is
    /// faster, and takes the memory of one line.
    template <std::invocable<const hardware_mention&> Found>
    void for_each(std::string_view text, Found&& found) const {
        reading state;
        state.text = text;
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = piece_end(text, at);
            state.offset = at;
            read_piece(text.substr(at, end - at), state);
            hand_over(state.mentions, found);
            at = end;
        }
        detail::stable_sort_by(state.mentions, begin_of);
        for (const hardware_mention& each : state.mentions) std::invoke(found, each);
    }

private:
    using kind = detail::word_kind;
    static constexpr std::size_t longest_piece = 1 << 14;
    static constexpr std::size_t shortest_broken_line = 40;
    static constexpr std::size_t short_sentence = 12;   // tokens
    static constexpr std::ptrdiff_t longest_note = 20;  // words and numbers
    static constexpr double two_years = 2 * 8766;       // hours
    static constexpr std::size_t near = 500;            // bytes within which sentences may speak of the same hardware

    /// A mention that a sentence may make.
    struct candidate {
        hardware_mention mention;
        bool is_hardware = true;   // "A100" may be a road
        bool stands_alone = true;  // "a GPU" is no mention, but "2 hours on a GPU" is
        bool timed = false;
    };

    struct reading {
        std::string_view text;
        normalised_text normalised;
        std::string line;
        std::vector<term_hit> hits;
        std::vector<detail::hardware_token> tokens;
        detail::sentence_parts parts;
        std::vector<candidate> candidates;
        std::vector<hardware_mention> mentions;
        std::size_t offset = 0;  // of the piece in the text
        std::size_t window = 0;  // of the line in the normalised piece
        std::size_t spoken = 0;  // bytes of the last piece that speak of hardware or time
        bool dense = false;      // whether that were most of them
    };

    static std::size_t begin_of(const hardware_mention& mention) { return mention.span.begin; }

    /// Calls `found` for the mentions of pieces read, but the last one, to which the next piece may add, and those that
    /// begin behind it. Mentions of later pieces begin behind all of them.
    template <class Found>
    static void hand_over(std::vector<hardware_mention>& mentions, Found& found) {
        if (mentions.size() < 2) return;
        const auto last = mentions.end() - 1;
        auto ready = last;
        if (!std::ranges::is_sorted(mentions, {}, begin_of)) {
            const std::size_t held_from = last->span.begin;
            ready = std::stable_partition(mentions.begin(), last,
                                          [&](const hardware_mention& m) { return m.span.begin <= held_from; });
            std::ranges::stable_sort(mentions.begin(), ready, {}, begin_of);
        }
        for (auto each = mentions.begin(); each != ready; ++each) std::invoke(found, std::as_const(*each));
        mentions.erase(mentions.begin(), ready);
    }

    /// Where a piece ends that begins at `at`: with its line and the lines that it was broken into, or with a sentence
    /// of a long line.
    static std::size_t piece_end(std::string_view text, std::size_t at) {
        const std::string_view rest = text.substr(at, longest_piece);
        for (std::size_t from = 0, line = rest.find('\n'); line != rest.npos; line = rest.find('\n', from)) {
            if (!is_broken(rest, from, line)) return at + line + 1;
            from = line + 1;
        }
        if (rest.size() < longest_piece) return text.size();
        for (const std::string_view cut : {". ", " "}) {
            const std::size_t found = rest.rfind(cut);
            if (found != rest.npos && found > 0) return at + found + cut.size();
        }
        return at + rest.size();
    }

    /// Whether the line [from, end) goes on in the next: it is long, ends within a sentence, and the next one begins
    /// with a small letter.
    static bool is_broken(std::string_view text, std::size_t from, std::size_t end) {
        if (end - from < shortest_broken_line || end + 1 >= text.size()) return false;
        const char last = text[end - 1], next = text[end + 1];
        return detail::is_small_letter(next) &&
               (detail::is_small_letter(detail::ascii_lower(last)) || detail::is_digit(last) || last == ',');
    }

    void read_piece(std::string_view piece, reading& state) const {
        normalise(piece, state.normalised);
        const std::string_view line = state.normalised.view();
        const std::size_t spoken = std::exchange(state.spoken, 0);
        // Where most of the last piece spoke of hardware, this one is likely to: then it is read without a look ahead.
        if (state.dense || (state.offset == 0 && names_throughout(line)))
            read_sentences(piece, 0, line.size(), state);
        else
            read_where_named(piece, line, spoken > 0, state);
        state.dense = 2 * state.spoken > line.size();
    }

    /// Whether each third of the first bytes names hardware: of a text of one line, so that it is read once.
    [[nodiscard]] bool names_throughout(std::string_view line) const {
        constexpr std::size_t third = 96;
        if (line.size() < 6 * third) return false;
        unsigned thirds = 0;
        anchors_.for_each(line.substr(0, 3 * third), [&](const term_hit& hit) { thirds |= 1U << hit.begin / third; });
        return thirds == 7;
    }

    void read_where_named(std::string_view piece, std::string_view line, bool told, reading& state) const {
        // Sentences that name hardware, and those near behind them that may tell more.
        std::size_t begin = 0, end = 0;  // of the sentences that are still to be read
        const auto take = [&](std::size_t from, std::size_t to) {
            if (from > end) {
                read_sentences(piece, begin, end, state);
                begin = from;
            }
            end = std::max(end, to);
        };
        const auto follow = [&](std::size_t until) {
            for (std::size_t at = end; told && at < until;) {
                const std::size_t to = detail::sentence_end(line, at);
                if (detail::has_joined_unit(line.substr(at, to - at))) take(at, to);
                at = to;
            }
        };
        anchors_.for_each(line, [&](const term_hit& hit) {
            if (hit.begin < end) {
                if (hit.end > end) end = detail::sentence_end(line, hit.end);
                return;
            }
            follow(std::min(hit.begin, end + near));
            const std::size_t from = detail::sentence_begin(line, hit.begin, end);
            take(from, detail::sentence_end(line, hit.end));
            told = true;
        });
        follow(std::min(line.size(), end + near));
        read_sentences(piece, begin, end, state);
    }

    /// The sentences at [begin, end) of the normalised piece.
    void read_sentences(std::string_view piece, std::size_t begin, std::size_t end, reading& state) const {
        if (begin == end) return;
        state.window = begin;
        state.line = state.normalised.view().substr(begin, end - begin);
        detail::plain(state.line);
        state.hits.clear();
        all_.for_each(std::string_view(state.line), [&](const term_hit& hit) { state.hits.push_back(hit); });
        detail::hardware_tokenizer(piece, state.normalised, begin, state.line, state.hits, meanings_, state.tokens);
        const std::span<const detail::hardware_token> tokens(state.tokens);
        bool speaks = false;  // of hardware or of time
        for (std::size_t first = 0, i = 0; i < tokens.size(); ++i) {
            const kind is = tokens[i].kind;
            speaks = speaks || is == kind::chip || is == kind::device || is == kind::core || is == kind::unit ||
                     is == kind::utilisation;
            if (is != kind::stop) continue;
            if (speaks) read_sentence(tokens.subspan(first, i - first), state);
            if (speaks) state.spoken += tokens[i].end - tokens[first].begin;
            first = i + 1;
            speaks = false;
        }
    }

    using token_span = std::span<const detail::hardware_token>;

    [[nodiscard]] static bool has(token_span tokens, kind wanted) {
        return detail::find(tokens, wanted, &detail::hardware_token::kind) != tokens.end();
    }

    /// The kinds of words that a sentence has.
    class word_kinds {
    public:
        explicit word_kinds(token_span tokens) {
            for (const detail::hardware_token& token : tokens) kinds_ |= bit(token.kind);
        }
        [[nodiscard]] bool has(kind wanted) const { return (kinds_ & bit(wanted)) != 0; }

    private:
        static std::uint64_t bit(kind each) { return std::uint64_t{1} << static_cast<unsigned>(each); }
        std::uint64_t kinds_ = 0;
    };

    void read_sentence(token_span tokens, reading& state) const {
        const word_kinds kinds(tokens);
        const bool trains = kinds.has(kind::training), experiments = kinds.has(kind::experiment),
                   infers = kinds.has(kind::inference);
        const hardware_use use = infers && !trains       ? hardware_use::inference
                                 : trains || experiments ? hardware_use::training
                                                         : hardware_use::unknown;
        const detail::hardware_sentence said(tokens, chips_, kinds.has(kind::part), state.parts);
        std::vector<candidate>& found = state.candidates;
        find_candidates(tokens, kinds, said, use, state);
        for (detail::stated_time& time : said.times) {
            // No run takes years by the clock: "97,120 hours of computation on A100".
            if (time.phrase && !time.of_chips) time.of_chips = time.in_hours && time.hours > two_years;
            if (!time.phrase) {
                if (!time.of_chips && time.hours > two_years) continue;  // of chips, in truth: "460,000 hours * 3600 s"
                if (!time.of_chips && !trains && !experiments && !time.converted && !kinds.has(kind::processor) &&
                    !continues(tokens, time, state) && !is_on_machine(tokens, time) && !counts_cores(tokens) &&
                    !is_note(tokens, time, state) && !is_another_run(tokens, time, state))
                    continue;
                found.push_back({});
                found.back().mention.use = use;
                set_time(found.back(), tokens, time, state);
                continue;
            }
            candidate& of = found[*time.phrase];
            if (!of.is_hardware) continue;
            const auto& same_kind = time.of_chips ? of.mention.chip_hours : of.mention.hours;
            if (!of.timed || (!same_kind && !time.chip)) {
                set_time(of, tokens, time, state);
            } else {  // another run on the same hardware
                candidate another = of;
                another.mention.hours.reset();
                another.mention.chip_hours.reset();
                set_time(another, tokens, time, state);
                found.push_back(another);
            }
        }
        std::erase_if(found,
                      [](const candidate& each) { return !each.is_hardware || (!each.stands_alone && !each.timed); });
        if (kinds.has(kind::format) || kinds.has(kind::utilisation)) read_figures(tokens, found, state);
        for (const candidate& each : found) add(each.mention, state);
    }

    /// A mention for each phrase of a sentence.
    void find_candidates(token_span tokens, const word_kinds& kinds, const detail::hardware_sentence& said,
                         hardware_use use, reading& state) const {
        const bool named = detail::any_of(tokens, [](const detail::hardware_token& token) {
            return (token.kind == kind::device || token.kind == kind::maker) && token.value == 1;
        });
        const bool road = kinds.has(kind::road) && !named;
        const bool computing = use != hardware_use::unknown || kinds.has(kind::memory) ||
                               kinds.has(kind::calculation) || kinds.has(kind::format) || kinds.has(kind::utilisation);
        std::vector<candidate>& found = state.candidates;
        found.clear();
        std::size_t from = 0;
        for (const detail::hardware_phrase& phrase : said.phrases) {
            candidate& each = found.emplace_back();
            each.mention.use = use;
            const token_span before = tokens.subspan(from, std::max(from, phrase.tokens.first) - from);
            if (has(before, kind::training))
                each.mention.use = hardware_use::training;
            else if (has(before, kind::inference))
                each.mention.use = hardware_use::inference;
            from = phrase.tokens.last;
            each.mention.span = span_of(tokens, phrase.tokens, state);
            if (phrase.chip) {
                const std::size_t at = *phrase.chip;
                // "21 hours on a V100"
                const bool taken = phrase.article && detail::any_of(said.times, [&](const auto& time) {
                                       return time.phrase && &said.phrases[*time.phrase] == &phrase &&
                                              time.tokens.last + 1 == phrase.tokens.first;
                                   });
                each.is_hardware = detail::is_chip(
                    chips_[static_cast<std::size_t>(tokens[at].value)].certainty,
                    {.named = named,
                     .context = computing && !road,
                     .counted = phrase.count && (!phrase.article || taken) && (!road || use != hardware_use::unknown),
                     .placed = phrase.tokens.first > 0 && tokens[phrase.tokens.first - 1].kind == kind::linking,
                     .after_maker = at > 0 && tokens[at - 1].kind == kind::maker,
                     .before_device = at + 1 < tokens.size() && tokens[at + 1].kind == kind::device,
                     .pods = named || kinds.has(kind::group)});
                name_chip(each.mention, tokens, at, state);
            }
            if (phrase.count) {
                each.mention.count = phrase.count;
                each.mention.count_span = span_of(tokens, phrase.count_tokens, state);
                each.mention.span = joined(each.mention.span, each.mention.count_span);
                each.mention.count_bounds = bounds_of(phrase.stated, *phrase.count, *phrase.count);
            } else if (phrase.range) {
                const detail::hardware_token& ends = tokens[*phrase.range];
                each.mention.count_bounds = {ends.value - ends.slice, ends.value + ends.slice};
            }
            for (std::size_t i = phrase.tokens.first; i < phrase.tokens.last && !phrase.chip; ++i)
                if (tokens[i].unread) each.mention.chip_span = span_of(tokens, {i, i + 1}, state);
            each.stands_alone = phrase.chip || (phrase.count && !phrase.article);
        }
    }

    /// "on a 16-core computer", "using 16 cores"
    [[nodiscard]] static bool counts_cores(token_span tokens) {
        for (std::size_t i = 1; i < tokens.size(); ++i) {
            if (tokens[i].kind != kind::core) continue;
            if (tokens[i - 1].kind == kind::number) return true;
            if (i > 1 && tokens[i - 1].kind == kind::sign && tokens[i - 1].value == '-' &&
                tokens[i - 2].kind == kind::number)
                return true;
        }
        return false;
    }

    /// "30 minutes on a Sun SPARC 10 machine"
    [[nodiscard]] static bool is_on_machine(token_span tokens, const detail::stated_time& time) {
        const std::size_t at = time.tokens.last;
        if (at >= tokens.size() || tokens[at].kind != kind::linking || tokens[at].value == 1) return false;
        for (std::size_t i = at + 1; i < std::min(at + 8, tokens.size()); ++i) {
            if (tokens[i].kind == kind::group) return true;
            if (tokens[i].kind == kind::unit || tokens[i].kind == kind::sign || tokens[i].kind == kind::lasting)
                return false;
        }
        return false;
    }

    /// "The 15B model took 60 days" behind another run
    [[nodiscard]] static bool is_another_run(token_span tokens, const detail::stated_time& time, const reading& state) {
        std::size_t verb = time.tokens.first;
        while (verb > 0 && tokens[verb - 1].kind == kind::lasting && tokens[verb - 1].value == 1) --verb;
        if (verb == 0 || tokens[verb - 1].kind != kind::lasting || tokens[verb - 1].value != 2) return false;
        if (state.mentions.empty() || state.mentions.back().use == hardware_use::inference ||
            !state.mentions.back().hours)
            return false;
        return has(tokens.first(verb), kind::calculation) && !has(tokens, kind::inference) &&
               is_near(state.mentions.back(), span_of(tokens, time.tokens, state).begin);
    }

    /// Whether a sentence is a note that begins with a time, behind words for training or FLOP, or a result of as many:
    /// "6.5 hours (Table 3)".
    [[nodiscard]] static bool is_note(token_span tokens, const detail::stated_time& time, const reading& state) {
        const auto is_sign = [](const detail::hardware_token& token) { return token.kind == kind::sign; };
        if (detail::count_if(tokens, std::not_fn(is_sign)) > longest_note) return false;
        for (std::size_t i = 0; i < time.tokens.first; ++i)
            if (tokens[i].kind != kind::sign && tokens[i].kind != kind::lasting) return false;
        const std::size_t end = span_of(tokens, time.tokens, state).begin;
        const std::string_view before = state.text.substr(end - std::min(end, near), std::min(end, near));
        for (std::size_t i = 0; i + 4 <= before.size(); ++i)
            if (detail::goes_on(before, i, "flop") || detail::goes_on(before, i, "train") ||
                detail::goes_on(before, i, "e+1") || detail::goes_on(before, i, "e+2"))
                return true;
        return false;
    }

    /// Whether a time without hardware or a word for training goes on with the mention before.
    [[nodiscard]] static bool continues(token_span tokens, const detail::stated_time& time, const reading& state) {
        return (has(tokens, kind::lasting) || has(tokens, kind::calculation) || tokens.size() < short_sentence) &&
               !state.mentions.empty() && !state.mentions.back().hours &&
               is_near(state.mentions.back(), span_of(tokens, time.tokens, state).begin);
    }

    void set_time(candidate& to, token_span tokens, const detail::stated_time& time, const reading& state) const {
        hardware_mention& mention = to.mention;
        mention.time_span = span_of(tokens, time.tokens, state);
        mention.span = mention.span == text_span{} ? mention.time_span : joined(mention.span, mention.time_span);
        (time.of_chips ? mention.chip_hours : mention.hours) = time.hours;
        (time.of_chips ? mention.chip_hours_bounds : mention.hours_bounds) =
            bounds_of(time.stated, time.lower, time.upper);
        if (time.chip) name_chip(mention, tokens, *time.chip, state);
        to.timed = true;
    }

    static stated_bounds bounds_of(number_kind stated, double lower, double upper) {
        if (stated == number_kind::at_least) return {.lower = lower};
        if (stated == number_kind::at_most) return {.upper = upper};
        if (stated == number_kind::range || stated == number_kind::tolerance) return {lower, upper};
        return {};
    }

    void name_chip(hardware_mention& mention, token_span tokens, std::size_t at, const reading& state) const {
        mention.chip_span = span_of(tokens, {at, at + 1}, state);
        mention.span = joined(mention.span, mention.chip_span);
        const std::string_view written =
            state.text.substr(mention.chip_span.begin, mention.chip_span.end - mention.chip_span.begin);
        mention.chip = chips_[static_cast<std::size_t>(tokens[at].value)].name;
        if (!written.ends_with('S')) return;
        if (const accelerator* const found = catalogue_.find(written))
            mention.chip = found->name;  // "V100S", no plural
    }

    [[nodiscard]] static text_span span_of(token_span tokens, detail::token_range range, const reading& state) {
        return {state.offset + state.normalised.origin(state.window + tokens[range.first].begin),
                state.offset + state.normalised.origin_of_end(state.window + tokens[range.last - 1].end)};
    }

    /// Utilisation and format go to the sentence's last mention, else to the one before.
    static void read_figures(token_span tokens, std::vector<candidate>& found, reading& state) {
        hardware_mention* to = nullptr;
        if (!found.empty())
            to = &found.back().mention;
        else if (!state.mentions.empty() && is_near(state.mentions.back(), span_of(tokens, {0, 1}, state).begin))
            to = &state.mentions.back();
        if (to == nullptr) return;
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            if (tokens[i].kind == kind::format && !to->format) {
                to->format = static_cast<number_format>(tokens[i].value);
                to->format_span = span_of(tokens, {i, i + 1}, state);
                to->span = joined(to->span, to->format_span);
            }
            if (tokens[i].kind != kind::utilisation || to->utilisation) continue;
            if (const auto share = share_near(tokens, i)) {
                to->utilisation = share_at(tokens, *share);
                to->utilisation_span = span_of(tokens, {*share, *share + 1}, state);
                to->span = joined(to->span, to->utilisation_span);
            }
        }
    }

    /// The token with the share nearest to "utilization": "57.5%", "0.4".
    [[nodiscard]] static std::optional<std::size_t> share_near(token_span tokens, std::size_t word) {
        if (word > 0 && tokens[word - 1].kind == kind::memory) return std::nullopt;
        for (std::size_t distance = 1; distance < 7; ++distance) {
            if (distance <= word && share_at(tokens, word - distance)) return word - distance;
            if (word + distance < tokens.size() && share_at(tokens, word + distance)) return word + distance;
        }
        return std::nullopt;
    }
    [[nodiscard]] static std::optional<double> share_at(token_span tokens, std::size_t i) {
        if (tokens[i].kind != kind::number) return std::nullopt;
        const bool percent = i + 1 < tokens.size() && tokens[i + 1].kind == kind::sign && tokens[i + 1].value == '%';
        const double value = percent ? tokens[i].value / 100 : tokens[i].value;
        if (!(value > 0 && value <= 1) || (!percent && value == 1)) return std::nullopt;
        return value;
    }

    static text_span joined(text_span a, text_span b) { return {std::min(a.begin, b.begin), std::max(a.end, b.end)}; }
    [[nodiscard]] static bool is_near(const hardware_mention& one, std::size_t at) { return at < one.span.end + near; }

    /// Adds a mention, or what it says to the last one where that speaks of the same run.
    static void add(const hardware_mention& one, reading& state) {
        if (!state.mentions.empty() && is_near(state.mentions.back(), one.span.begin)) {
            hardware_mention& last = state.mentions.back();
            const auto agree = [](const auto& a, const auto& b) { return !a || !b || *a == *b; };
            const bool same_use =
                last.use == one.use || one.use == hardware_use::unknown || last.use == hardware_use::unknown;
            const bool times = agree(last.hours, one.hours) && agree(last.chip_hours, one.chip_hours);
            if (same_use && times && agree(last.count, one.count) &&
                (last.chip.empty() || one.chip.empty() || last.chip == one.chip)) {
                take(last, one);
                return;
            }
        }
        state.mentions.push_back(one);
    }

    static void take(hardware_mention& last, const hardware_mention& one) {
        const auto fill = [](auto& to, const auto& from, text_span& to_span, text_span from_span) {
            if (to || !from) return false;
            to = from;
            to_span = from_span;
            return true;
        };
        if (last.chip.empty() && !one.chip.empty()) {
            last.chip = one.chip;
            last.chip_span = one.chip_span;
        }
        if (fill(last.count, one.count, last.count_span, one.count_span)) last.count_bounds = one.count_bounds;
        if (fill(last.hours, one.hours, last.time_span, one.time_span)) last.hours_bounds = one.hours_bounds;
        if (fill(last.chip_hours, one.chip_hours, last.time_span, one.time_span))
            last.chip_hours_bounds = one.chip_hours_bounds;
        fill(last.utilisation, one.utilisation, last.utilisation_span, one.utilisation_span);
        fill(last.format, one.format, last.format_span, one.format_span);
        if (last.use == hardware_use::unknown) last.use = one.use;
        last.span = joined(last.span, one.span);
    }

    accelerator_catalogue catalogue_;
    std::vector<detail::chip_spelling> chips_;
    std::vector<detail::word_meaning> meanings_;
    term_set anchors_{term{"gpu", 0}}, all_{term{"gpu", 0}};
};

}  // namespace compute_divide::inline v0_2

#endif
