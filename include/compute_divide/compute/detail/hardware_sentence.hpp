// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_COMPUTE_DETAIL_HARDWARE_SENTENCE_HPP
#define COMPUTE_DIVIDE_COMPUTE_DETAIL_HARDWARE_SENTENCE_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include <compute_divide/compute/detail/hardware_spellings.hpp>
#include <compute_divide/compute/detail/hardware_tokens.hpp>
#include <compute_divide/detail/algorithms.hpp>

/// What one sentence says of hardware.
namespace compute_divide::inline v0_2::detail {

/// A stretch of tokens, [first, last).
struct token_range {
    std::size_t first = 0, last = 0;
};

/// "8 NVIDIA A100 80GB GPUs", "a v3-512 pod", "4 GPUs".
struct hardware_phrase {
    token_range tokens;
    std::optional<std::size_t> chip;  // token
    std::optional<double> count;
    number_kind stated = number_kind::exact;  // of the count
    std::optional<std::size_t> range;         // token of a count with two ends
    token_range count_tokens;
    bool counts_groups = false;  // "16 A100 nodes"
    bool counts_chips = false;   // "a 16xA100 node"
    bool article = false;        // the count is "a"
    double per_machine = 0;
    bool absorbed = false;  // said again in another phrase
};

/// "about two weeks", "20,480 GPU hours".
struct stated_time {
    token_range tokens;
    double hours = 0;
    number_kind stated = number_kind::exact;
    double lower = 0, upper = 0;      // of a range, tolerance or bound
    bool converted = false;           // "10 days = 240 hours"; by a calculation
    bool of_chips = false;            // hours of chips, not of a clock
    bool in_hours = false;            // "97,120 hours", not days
    bool of_part = false;             // of an epoch or the like
    std::optional<std::size_t> chip;  // token: "A100 hours"
    std::optional<std::size_t> phrase;
};

/// What a sentence says, and the memory for the next.
struct sentence_parts {
    std::vector<hardware_phrase> phrases = {};
    std::vector<stated_time> times = {};
    std::vector<char> timed = {};
};

class hardware_sentence {
public:
    /// `shared_out`: the sentence speaks of parts of chips ("MIG slices").
    hardware_sentence(std::span<const hardware_token> tokens, const std::vector<chip_spelling>& chips, bool shared_out,
                      sentence_parts& parts)
        : phrases(parts.phrases), times(parts.times), tokens_(tokens), chips_(chips), timed_(parts.timed) {
        phrases.clear();
        times.clear();
        find_times();
        find_phrases();
        share_chip_times();
        if (shared_out)
            count_shares();
        else
            count_groups();
        join_phrases();
        give_times();
    }

    std::vector<hardware_phrase>& phrases;
    std::vector<stated_time>& times;

private:
    using kind = word_kind;

    [[nodiscard]] bool is(std::size_t i, kind wanted) const { return i < tokens_.size() && tokens_[i].kind == wanted; }
    [[nodiscard]] bool is_sign(std::size_t i, char sign) const {
        return is(i, kind::sign) && tokens_[i].value == static_cast<double>(sign);
    }
    [[nodiscard]] bool is_and(std::size_t i) const { return is(i, kind::other) && tokens_[i].value == 1; }
    [[nodiscard]] bool is_to(std::size_t i) const { return is(i, kind::other) && tokens_[i].value == 2; }
    [[nodiscard]] bool is_between(std::size_t i) const { return is(i, kind::other) && tokens_[i].value == 3; }
    [[nodiscard]] bool is_by(std::size_t i) const { return is(i, kind::other) && tokens_[i].value == 4; }
    [[nodiscard]] bool is_from(std::size_t i) const { return is(i, kind::other) && tokens_[i].value == 5; }
    [[nodiscard]] bool is_about(std::size_t i) const {
        return (is(i, kind::other) && tokens_[i].value == 6) || (is(i, kind::lasting) && tokens_[i].value == 1);
    }
    [[nodiscard]] bool is_of(std::size_t i) const { return is(i, kind::linking) && tokens_[i].value == 1; }
    [[nodiscard]] bool is_other_hours(std::size_t i, double which) const {
        return is(i, kind::data) && tokens_[i].value == which;
    }
    template <class... Which>
    [[nodiscard]] bool is_other_hours(std::size_t i, Which... which) const {
        return (is_other_hours(i, which) || ...);
    }
    [[nodiscard]] const chip_spelling& spelling_of(std::size_t chip) const {
        return chips_[static_cast<std::size_t>(tokens_[chip].value)];
    }
    [[nodiscard]] bool is_tpu(std::size_t chip) const {
        return spelling_of(chip).name.find("TPU") != std::string_view::npos;
    }
    [[nodiscard]] bool is_times(std::size_t i) const { return is_sign(i, 'x') || is_sign(i, '*'); }
    [[nodiscard]] bool is_hardware(std::size_t i) const {
        return is(i, kind::chip) || is(i, kind::device) || is(i, kind::core);
    }

    // ---- times

    void find_times() {
        for (std::size_t i = 0; i < tokens_.size(); ++i) {
            if (!is(i, kind::unit)) continue;
            const std::optional<stated_time> found = time_at(i);
            if (found)
                add_time(*found);
            else if (const std::optional<stated_time> behind = total_behind(i))
                add_time(*behind);
        }
    }

    /// "GPU hours: 5120", "V100 days (1656)": the number behind the unit.
    [[nodiscard]] std::optional<stated_time> total_behind(std::size_t unit) const {
        std::size_t first = unit;
        stated_time time;
        while (first > 0 && (is_sign(first - 1, '-') || is_hardware(first - 1))) {
            --first;
            if (is(first, kind::chip)) time.chip = first;
            if (is(first, kind::core)) return std::nullopt;
            time.of_chips = time.of_chips || is_hardware(first);
        }
        if (!time.of_chips ||
            (first > 0 && (is(first - 1, kind::number) || is(first - 1, kind::each) || is_sign(first - 1, '/'))))
            return std::nullopt;
        const bool bracket = is_sign(unit + 1, '(');
        if (!bracket && !is_sign(unit + 1, ':') && !is_sign(unit + 1, '=')) return std::nullopt;
        const std::size_t number = unit + 2;
        if (!is(number, kind::number) || (bracket && !is_sign(number + 1, ')'))) return std::nullopt;
        if (!bracket && number + 1 < tokens_.size() && !is_sign(number + 1, ',') && !is_sign(number + 1, ')') &&
            !is(number + 1, kind::linking))
            return std::nullopt;
        const hardware_token& said = tokens_[number];
        if (!(said.value > 0)) return std::nullopt;
        const double unit_hours = tokens_[unit].value;
        time.hours = said.value * unit_hours;
        time.stated = said.stated;
        time.lower = (said.value - said.slice) * unit_hours;
        time.upper = (said.value + said.slice) * unit_hours;
        time.tokens = {first, number + 1};
        return time;
    }

    [[nodiscard]] std::optional<stated_time> time_at(std::size_t unit) const {
        stated_time time;
        std::size_t i = unit;  // the token after what is still to be read, to the left
        // "GPU-hours", "A100 80GB hours", "wall-clock hours"
        bool of_cores = false, of_dies = false, of_tpus = false;
        while (i > 0) {
            const std::size_t left = i - 1;
            if (is_sign(left, '-') || is(left, kind::compute) || is(left, kind::training) || is(left, kind::maker)) {
                --i;
            } else if (is_hardware(left) || is(left, kind::die) || (is(left, kind::memory) && i != unit)) {
                time.of_chips = true;
                if (is(left, kind::chip)) time.chip = left;
                of_cores = of_cores || is(left, kind::core);
                of_dies = of_dies || is(left, kind::die);
                of_tpus = of_tpus || (is(left, kind::device) && tokens_[left].value == 1);
                --i;
            } else if (is(left, kind::memory) && left > 0 && is(left - 1, kind::number) && left > 1 &&
                       is_hardware(left - 2)) {
                time.of_chips = true;
                i -= 2;
            } else {
                break;
            }
        }
        if (i == 0) return std::nullopt;
        double chips_share = 1;
        if (of_cores || of_dies) {
            // Of which chip they are: its own name, else the sentence's; without one nothing can be told ("CPU core
            // hours").
            std::optional<std::size_t> chip = time.chip;
            for (std::size_t any = 0; any < tokens_.size() && !chip; ++any)
                if (is(any, kind::chip)) chip = any;
            if (chip)
                chips_share = 1 / (of_dies ? spelling_of(*chip).dies : spelling_of(*chip).cores);
            else if (of_cores && of_tpus)
                chips_share = 0.5;
            if (of_dies && chips_share == 1) return std::nullopt;
            if (of_cores && !of_tpus && chips_share == 1 && !(time.chip && is_tpu(*time.chip))) return std::nullopt;
        }
        const double unit_hours = tokens_[unit].value;
        if (unit_hours > 720 && !time.of_chips) return std::nullopt;  // "in 2 years"
        double number = 0;
        std::size_t left = i - 1;
        if (is(left, kind::number)) {
            const hardware_token& said = tokens_[left];
            number = said.value;
            if (said.thousandths && (time.of_chips || number == std::floor(number))) return std::nullopt;
            double factor = 1;
            if (left >= 2 && is_times(left - 1) && is(left - 2, kind::unit) && is_of_units(number)) return std::nullopt;
            if (left >= 2 && is_times(left - 1) && is(left - 2, kind::number)) {
                // "14 x 24 hours", "96 x 14 A100-days"; "8 x 67 hours" may be chips
                factor = tokens_[left - 2].value;
                const bool of_day = number == 24 || factor == 24 || number == 7 || factor == 7;
                const bool longer = left >= 4 && (is_times(left - 3) || is_sign(left - 3, '/'));
                const bool of_run = factor < 1 || factor >= 1e9;  // "4 x 3.6e13 x 0.4 x 18 hours": a share, a peak
                if (longer && of_run) {
                    factor = 1;
                    time.converted = true;
                } else if ((!of_day && !time.of_chips) || longer || tokens_[left - 2].stated != number_kind::exact ||
                           factor != std::floor(factor)) {
                    return std::nullopt;
                } else {
                    left -= 2;
                }
            }
            number *= factor;
            time.stated = said.stated;
            time.lower = (said.value - said.slice) * factor * unit_hours * chips_share;
            time.upper = (said.value + said.slice) * factor * unit_hours * chips_share;
        } else if (is(left, kind::half)) {
            number = 0.5;  // "half a day" is read with its article
            if (left > 0 && is_sign(left - 1, '-')) return std::nullopt;
        } else if (is(left, kind::article)) {
            const bool short_name = unit_hours < 24 && tokens_[unit].end - tokens_[unit].begin <= 3;
            if (short_name) return std::nullopt;  // "a min-max problem"
            number = 1;
            if (left > 0 && is(left - 1, kind::half)) {
                number = 0.5;
                --left;
            } else if (time.of_chips) {
                return std::nullopt;
            } else if (left > 0 && is(left - 1, kind::linking) && tokens_[left - 1].value == 1) {
                return std::nullopt;  // "three quarters of an hour"
            }
            time.stated = tokens_[i - 1].stated;  // "less than a day"
            time.lower = time.upper = number * unit_hours;
        } else {
            return std::nullopt;
        }
        std::size_t last = unit + 1;
        if (is_and(last) && is(last + 1, kind::article) && is(last + 2, kind::half)) {
            if (time.stated != number_kind::exact) return std::nullopt;
            number += 0.5;  // "an hour and a half"
            last += 3;
        }
        if (is(last, kind::linking) && tokens_[last].value == 1 && is(last + 1, kind::device) &&
            (is(last + 2, kind::lasting) || is(last + 2, kind::compute)))
            time.of_chips = true;  // "454 hours of GPU runtime"
        if (is(last, kind::device) && tokens_[last].value == 1 && is(last + 1, kind::lasting))
            time.of_chips = true;  // "95h GPU time"
        if (left > 0 && (is_sign(left - 1, '/') || is_sign(left - 1, '^') || is(left - 1, kind::each)))
            return std::nullopt;
        if (is_sign(last, '/') || !(number > 0)) return std::nullopt;
        if (left > 1 && is(left - 1, kind::linking) && is_sign(left - 2, '%'))
            return std::nullopt;  // "85 % of 2 hours"
        if (is(last, kind::each) && (is(last + 1, kind::data) || is(last + 1, kind::unit) || is(last + 1, kind::other)))
            return std::nullopt;
        if (!time.of_chips && is_of(unit + 1) && is(unit + 2, kind::other))
            return std::nullopt;  // "two weeks of weather"
        if (is_of_others_before(left, last) || (!time.of_chips && is_of_others_behind(last))) return std::nullopt;
        time.hours = number * unit_hours * chips_share;
        time.in_hours = unit_hours == 1;
        time.tokens = {left, last};
        return time;
    }

    /// "6 months * 30 days * 24 hours": what makes one unit another.
    [[nodiscard]] static bool is_of_units(double number) {
        return number == 24 || number == 7 || number == 60 || number == 365 || (number >= 30 && number <= 31);
    }

    /// Whether the words before a time at [first, last) say that it is none of computing: "next 24 hours", "saves more
    /// than 40 hours", "each epoch took 2 minutes", "reduced by 12 days", "a dataset of about 960 hours", "patients
    /// were followed up for 30 days", "the battery lasts 10 hours". What is learned from or about may stand beside a
    /// word for training: "trained on data of 300 patients for 3 days".
    [[nodiscard]] bool is_of_others_before(std::size_t first, std::size_t last) const {
        if (first > 0 && is(first - 1, kind::data) &&
            !is_other_hours(first - 1, other_hours::batch, other_hours::moment, other_hours::parts))
            return true;
        for (std::size_t back = first; back-- > 0 && first - back < 5 &&
                                       (is(back, kind::other) || is(back, kind::lasting) || is(back, kind::data));)
            if (is_other_hours(back, other_hours::saved)) return true;
        for (std::size_t back = first; back-- > 1 && first - back < 7 && !is_sign(back, ':') && !is_sign(back, '=');)
            if (is(back, kind::data) && is(back - 1, kind::each)) return true;
        if (is(0, kind::each) && is(1, kind::data) && times.empty() && first < 20) return true;
        std::size_t words = first;
        while (words > 0 && is_about(words - 1)) --words;
        if (words > 0 && is_by(words - 1))
            for (std::size_t back = words - 1; back-- > 0 && words - back < 10;)
                if (is_other_hours(back, other_hours::difference)) return true;
        if (words > 1 && is(words - 1, kind::lasting) && tokens_[words - 1].value == 2 &&
            is_other_hours(words - 2, other_hours::beside))
            return true;  // "one epoch takes 3 hours"
        if (is_other_hours(last, other_hours::moment) && first > 0 && !is(first - 1, kind::lasting) &&
            !is(first - 1, kind::linking))
            return true;  // "two months before the deadline"
        return is_of_each_part(first) || is_holding_before(first, last) || is_amount_before(first, last) ||
               is_foreign_before(first);
    }

    /// "100 epochs, each of which takes 15 minutes", "100 epochs, with each taking 15 minutes", "each of the epochs
    /// takes"
    [[nodiscard]] bool is_of_each_part(std::size_t first) const {
        for (std::size_t each = first; each-- > 1 && first - each < 7;) {
            if (!is(each, kind::each)) continue;
            std::size_t whole = each;
            while (whole > 0 && (is_sign(whole - 1, ',') || is(whole - 1, kind::linking))) --whole;
            return (whole > 0 && is_other_hours(whole - 1, other_hours::parts)) ||
                   (is_of(each + 1) &&
                    (is_other_hours(each + 2, other_hours::parts) || is_other_hours(each + 3, other_hours::parts)));
        }
        return false;
    }

    /// "We rented 16 GPUs for 3 months", "the cluster of 64 GPUs was down for 2 days": how long somebody had chips, or
    /// had none, says nothing of a run, unless the clause says what ran.
    [[nodiscard]] bool is_holding_before(std::size_t first, std::size_t last) const {
        for (std::size_t next = last; next < std::min(last + 3, tokens_.size()); ++next)
            if (is(next, kind::training) || is(next, kind::experiment)) return false;
        for (std::size_t back = first; back-- > 0;) {
            if (is(back, kind::training) || is(back, kind::experiment) || is(back, kind::inference) ||
                is(back, kind::unit) || is_sign(back, ',') || is_sign(back, ':') || is_and(back))
                return false;
            if (is_other_hours(back, other_hours::holding)) return true;
        }
        return false;
    }

    /// "a dataset of about 960 hours", "speech data ranging from 100 to 2100 hours", "recordings (> 1h)"
    [[nodiscard]] bool is_amount_before(std::size_t first, std::size_t last) const {
        bool linked = false;
        for (std::size_t back = first; back-- > 0;) {
            if (is(back, kind::data))
                return linked && is_other_hours(back, other_hours::material, other_hours::batch, other_hours::limit);
            if (is_of(back) || is_from(back) || is_sign(back, '='))
                linked = true;
            else if ((is_sign(back, '(') && is_sign(last, ')')) ||
                     (is_sign(back, ':') && back > 0 && is(back - 1, kind::data)))
                linked = true;
            else if (!is_about(back) && !is_sign(back, ')') && !is_sign(back, '>') && !is_sign(back, '<'))
                return false;
        }
        return false;
    }

    /// Whether the time's clause speaks of something else before it, and of no computing.
    [[nodiscard]] bool is_foreign_before(std::size_t first) const {
        bool foreign = false;
        for (std::size_t back = first; back-- > 0;) {
            if (is(back, kind::training) || is(back, kind::experiment) || is(back, kind::inference) ||
                is(back, kind::calculation) || is_hardware(back) || is(back, kind::processor))
                return false;
            if (is_sign(back, ',') || is_sign(back, ':') || is_and(back) || is(back, kind::unit)) break;
            // "annotated data" may be trained on; "we annotated data" is seen by what it took.
            if (is_other_hours(back, other_hours::activity) && !is_other_hours(back + 1, other_hours::material))
                return true;
            foreign =
                foreign || is_other_hours(back, other_hours::activity) || is_other_hours(back, other_hours::foreign);
        }
        return foreign;
    }

    /// "hours of speech", "99 minutes or less of transcribed data", "1 hour of training data", "7 days later"
    [[nodiscard]] bool is_of_others_behind(std::size_t last) const {
        std::size_t limit = last + 3;
        for (std::size_t next = last; next < std::min(limit, tokens_.size()); ++next) {
            if (is(next, kind::data) &&
                !is_other_hours(next, other_hours::batch, other_hours::difference, other_hours::ahead,
                                other_hours::holding, other_hours::moment, other_hours::parts))
                return true;
            if (is_of(next))
                limit = next + 4;
            else if (is(next, kind::training) ? next == last || !is_of(next - 1) : !is(next, kind::other))
                break;
        }
        return false;
    }

    /// The value of a time's smallest unit.
    [[nodiscard]] double unit_of(const stated_time& time) const {
        for (std::size_t i = time.tokens.last; i-- > time.tokens.first;)
            if (is(i, kind::unit)) return tokens_[i].value;
        return 0;
    }

    void add_time(const stated_time& time) {
        const bool seconds = unit_of(time) < 1.0 / 60;
        if (!times.empty() && times.back().of_chips == time.of_chips) {
            stated_time& last = times.back();
            const std::size_t gap = time.tokens.first - last.tokens.last, between = last.tokens.last;
            const bool joined = gap == 0 || (gap == 1 && (is_and(between) || is_sign(between, ','))) ||
                                (gap == 2 && is_sign(between, ',') && is_and(between + 1));
            if (joined && time.hours <= unit_of(last) && unit_of(time) < unit_of(last)) {
                last.hours += time.hours;  // "2 hours and 17 minutes"
                last.lower += time.hours;
                last.upper += time.hours;
                last.tokens.last = time.tokens.last;
                if (last.stated != number_kind::exact && last.stated != number_kind::about) add_no_more(last);
                return;
            }
            const bool spans = is_to(between) || is_sign(between, '-') ||
                               (is_and(between) && last.tokens.first > 0 && is_between(last.tokens.first - 1));
            if (gap == 1 && spans && time.hours > last.hours && last.stated == number_kind::exact) {
                last.stated = number_kind::range;  // "30 minutes to 2 hours"
                last.lower = last.hours;
                last.upper = time.hours;
                last.hours = (last.lower + last.upper) / 2;
                last.tokens.last = time.tokens.last;
                return;
            }
            if (time.tokens.first > 0 && is_sign(time.tokens.first - 1, '=')) {
                last.converted = true;  // "14 * 24 = 336 hours"
                last.hours = time.hours;
                last.stated = time.stated;
                last.lower = time.lower;
                last.upper = time.upper;
                last.tokens.last = time.tokens.last;
                return;
            }
            const bool same_chip = !time.chip || !last.chip || tokens_[*time.chip].value == tokens_[*last.chip].value;
            if (std::abs(time.hours - last.hours) <= 0.02 * last.hours && gap <= 2 && same_chip) {
                last.tokens.last = time.tokens.last;  // "336 hours (14 days)", "3 weeks, 500 hours"
                return;
            }
        }
        if (seconds) return;
        times.push_back(time);
        if (is_result(time.tokens.first)) times.back().converted = true;
    }
    /// "15e6 steps * 0.025 s / step = 104 hours": a time that was calculated.
    [[nodiscard]] bool is_result(std::size_t first) const {
        if (first == 0 || !is_sign(first - 1, '=')) return false;
        int operations = 0;
        for (std::size_t i = 0; i < first; ++i) operations += is_times(i) || is_sign(i, '/') ? 1 : 0;
        return operations >= 1;
    }
    /// Of a sum only a bound stays one.
    static void add_no_more(stated_time& time) {
        if (time.stated == number_kind::range || time.stated == number_kind::tolerance)
            time.stated = number_kind::about;
    }

    [[nodiscard]] bool in_time(std::size_t i) const {
        return std::any_of(times.begin(), times.end(),
                           [&](const stated_time& t) { return i >= t.tokens.first && i < t.tokens.last; });
    }

    // ---- phrases

    void find_phrases() {
        std::size_t free_from = 0;
        for (std::size_t i = 0; i < tokens_.size(); ++i) {
            const bool core_of = is(i, kind::core) && i + 1 < tokens_.size() && i >= 2 && is_sign(i - 1, '-') &&
                                 is(i - 2, kind::number) && (is(i + 1, kind::chip) || is(i + 1, kind::device));
            if (is(i, kind::machine) && !in_time(i) && is_lone_machine(i)) {
                free_from = add_machine(i, free_from);
                continue;
            }
            if (!(is(i, kind::chip) || is(i, kind::device) || core_of) || in_time(i)) continue;
            hardware_phrase phrase;
            double share = core_of ? 0.5 : 1;
            std::size_t right = core_of ? i + 1 : i;
            bool says_device = false, dies = false;
            const std::size_t start = i;
            for (; right < tokens_.size(); ++right) {
                if (is(right, kind::chip)) {
                    if (phrase.chip) break;
                    phrase.chip = right;
                    says_device = true;
                } else if (is(right, kind::device)) {
                    says_device = says_device || tokens_[right].value == 1;
                } else if (is(right, kind::core)) {
                    if (!phrase.chip && !says_device) break;
                    if (!(phrase.chip && tokens_[*phrase.chip].slice > 0)) share = 0.5;
                } else if (is(right, kind::die)) {
                    if (!phrase.chip) break;
                    dies = true;
                } else if (is(right, kind::number) && (is(right + 1, kind::memory) || is_sign(right + 1, '-'))) {
                    if (!is(right + 1, kind::memory)) break;
                    ++right;
                } else if (is_sign(right, '-') && right + 1 < tokens_.size() &&
                           (is_hardware(right + 1) || is(right + 1, kind::memory) || is(right + 1, kind::number)) &&
                           tokens_[right].begin == tokens_[right - 1].end) {
                } else if (is(right, kind::memory)) {
                } else if (is_sign(right, '(') && memory_in_brackets(right) != 0) {
                    right = memory_in_brackets(right);
                } else {
                    break;
                }
            }
            phrase.tokens.last = right;
            phrase.tokens.first = start;
            if (!says_device && !has_count_left(start)) continue;
            count_left(phrase, start);
            if (!phrase.count) count_right(phrase);
            if (!phrase.count && phrase.chip && is_tpu(*phrase.chip)) count_topology(phrase, start);
            if (phrase.chip) slice(phrase);
            if (phrase.count && share < 1 && *phrase.count > 1) *phrase.count *= share;
            if (phrase.count && dies) {
                const double each = spelling_of(*phrase.chip).dies;
                if (each > 1 && *phrase.count >= each)
                    *phrase.count /= each;
                else
                    forget_count(phrase);
            }
            if (phrase.chip && spelling_of(*phrase.chip).machine > 0) {
                phrase.per_machine = spelling_of(*phrase.chip).machine;
                phrase.counts_groups = true;
            } else if (is(right, kind::group) || is(right, kind::machine)) {
                if (is(right, kind::machine)) phrase.per_machine = tokens_[right].value;
                const bool slice = phrase.chip && tokens_[*phrase.chip].slice > 0;
                // "4x4 TPU v2 slice"
                const bool grid = phrase.chip && is_tpu(*phrase.chip) && is(right, kind::group) &&
                                  tokens_[right].value == 3 &&
                                  phrase.count_tokens.last - phrase.count_tokens.first == 3;
                if (grid) phrase.counts_chips = true;
                if (!slice && !phrase.counts_chips) phrase.counts_groups = true;
                if (!slice && is(right, kind::group) && tokens_[right].value == 1) count_pods(phrase, start);
                if (is(right, kind::group) && tokens_[right].value == 2) phrase.per_machine = 0;  // "DGX A100 SuperPOD"
            }
            if (is_converted(right)) forget_count(phrase);
            // "4 A100-hours per epoch" is no time, and no count either.
            std::size_t unit = right;
            while (is_sign(unit, '-') || is(unit, kind::compute) || is(unit, kind::training)) ++unit;
            if (is(unit, kind::unit)) forget_count(phrase);
            if (phrase.tokens.first < free_from) phrase.tokens.first = free_from;
            free_from = phrase.tokens.last;
            phrases.push_back(phrase);
            i = std::max({i, right - 1, phrase.tokens.last - 1});  // "V100 x 8 GPUs" has taken its GPUs
        }
    }

    /// "500 H100-equivalents", "500 H100 equivalent hours"; not "8 A100, equivalent to 16 V100".
    [[nodiscard]] bool is_converted(std::size_t i) const {
        if (is_sign(i, '-') && is(i + 1, kind::equivalent)) return !is_to(i + 2);  // "GPUs—equivalent to"
        if (!is(i, kind::equivalent)) return false;
        const bool plural = tokens_[i].end - tokens_[i].begin == std::string_view("equivalents").size();
        return plural || is(i + 1, kind::unit) || (is_sign(i + 1, '-') && is(i + 2, kind::unit)) ||
               (is(i + 1, kind::device) && is(i + 2, kind::unit));
    }

    /// "one TPU v3 pod", "a full TPU v4 pod": all of a pod's chips. "A TPU v3 pod" may be a slice of one, and of "two
    /// TPU v4 pods" each may be: they are not counted.
    void count_pods(hardware_phrase& phrase, std::size_t start) const {
        if (!phrase.chip) return;
        const bool full = start >= 2 && is(start - 1, kind::compute) && is(start - 2, kind::article);
        if (!full && !(phrase.count == 1 && !phrase.article)) return;
        const std::size_t next = phrase.tokens.last + 1;
        if (is(next, kind::group) || (is_sign(next, '-') && is(next + 1, kind::group))) return;  // "pod slice"
        for (const pod_of_chips& pod : pods)
            if (pod.chip == spelling_of(*phrase.chip).name) phrase.per_machine = pod.chips;
    }

    /// "5.4M A100 and 1.1M H100 GPU hours": the count before a time of another chip's hours is of hours too. Where it
    /// may be of chips ("8 A100 and 100 H100 hours") it is neither.
    void share_chip_times() {
        constexpr double most_chips = 200000;
        for (std::size_t t = times.size(); t-- > 0;) {
            if (!times[t].of_chips || !times[t].chip) continue;
            std::size_t before = times[t].tokens.first;
            if (before > 0 && is_and(before - 1)) --before;
            if (before > 0 && is_sign(before - 1, ',')) --before;
            if (before == times[t].tokens.first) continue;
            const auto phrase =
                detail::lower_bound_by(phrases, before, [](const hardware_phrase& each) { return each.tokens.last; });
            if (phrase == phrases.end() || phrase->tokens.last != before || !phrase->chip ||
                is(before - 1, kind::device))
                continue;
            if (!phrase->count && !(is(phrase->tokens.first, kind::chip) && phrase->tokens.first > 0 &&
                                    is(phrase->tokens.first - 1, kind::number)))
                continue;
            const double number = phrase->count ? *phrase->count : tokens_[phrase->tokens.first - 1].value;
            if (number > most_chips) {
                stated_time hours = times[t];
                hours.tokens = phrase->tokens;
                hours.chip = phrase->chip;
                hours.stated = phrase->stated;
                hours.hours = hours.lower = hours.upper = number * unit_of(times[t]);
                times.insert(times.begin() + static_cast<std::ptrdiff_t>(t), hours);
                phrases.erase(phrase);
            } else {
                forget_count(*phrase);
            }
        }
    }

    static void forget_count(hardware_phrase& phrase) {
        phrase.count.reset();
        phrase.count_tokens = {};
        phrase.range.reset();
    }

    /// "one DGX-1": a machine without the name of its chips.
    [[nodiscard]] bool is_lone_machine(std::size_t i) const {
        std::size_t next = i + 1;
        while (is_sign(next, '-') || is(next, kind::maker)) ++next;
        const bool named = i > 0 && (is(i - 1, kind::chip) || is(i - 1, kind::device));
        return !named && !is_hardware(next) && !is(next, kind::number);
    }
    /// Returns where the next phrase may begin.
    std::size_t add_machine(std::size_t i, std::size_t free_from) {
        hardware_phrase phrase;
        phrase.tokens.last = i + 1;
        count_left(phrase, i);
        if (!phrase.count) return free_from;
        phrase.tokens.first = std::max(phrase.tokens.first, free_from);
        phrase.counts_groups = true;
        phrase.per_machine = tokens_[i].value;
        phrases.push_back(phrase);
        return i + 1;
    }

    /// The closing bracket of "(40GB)", "(32 GB memory)"; 0 where the bracket holds something else.
    [[nodiscard]] std::size_t memory_in_brackets(std::size_t open) const {
        bool memory = false;
        for (std::size_t i = open + 1; i < std::min(open + 8, tokens_.size()); ++i) {
            if (is_sign(i, ')')) return memory ? i : 0;
            if (is(i, kind::memory))
                memory = true;
            else if (is(i, kind::device) || is(i, kind::chip))
                return 0;
        }
        return 0;
    }

    [[nodiscard]] bool has_count_left(std::size_t start) const {
        return start > 0 && (is(start - 1, kind::number) || is_times(start - 1));
    }

    [[nodiscard]] bool is_negative(std::size_t i) const {
        return i > 0 && is_sign(i - 1, '-') && tokens_[i - 1].end == tokens_[i].begin &&
               (i == 1 || tokens_[i - 2].end < tokens_[i - 1].begin);
    }
    [[nodiscard]] static bool counts(double value) { return value >= 1 && value <= 1e6 && value == std::floor(value); }
    [[nodiscard]] bool counts(std::size_t i) const {
        const hardware_token& token = tokens_[i];
        return counts(token.value) && token.stated != number_kind::range && token.stated != number_kind::tolerance;
    }

    /// "8", "eight", "8 x", "48 x 8", "a single" before a phrase.
    void count_left(hardware_phrase& phrase, std::size_t start) {
        std::size_t i = start;
        std::size_t machine = 0;
        const std::size_t floor = phrases.empty() ? 0 : phrases.back().tokens.last;
        while (i > floor) {
            const std::size_t left = i - 1;
            if (is(left, kind::maker) || is_sign(left, '-')) {
                --i;
            } else if (is(left, kind::machine)) {
                machine = left;
                --i;
            } else if (is(left, kind::memory) && left > floor && is(left - 1, kind::number)) {
                i -= 2;                                                                    // "8x80GB A100"
                if (i > floor + 1 && is_sign(i - 1, ',') && is(i - 2, kind::number)) --i;  // "1024, 16 GB V100"
            } else {
                break;
            }
        }
        phrase.tokens.first = i;
        if (i == floor) return;
        std::size_t left = i - 1;
        bool multiplied = false;
        const bool attached = i < tokens_.size() && is_sign(i, '-');  // "a 16-A100 machine"
        while (left > floor && is_times(left)) {
            --left;
            multiplied = true;
        }
        if (is(left, kind::number) && counts(left) && !in_time(left)) {
            if (is_negative(left)) return;
            if (left > floor && is(left - 1, kind::maker) && tokens_[left - 1].value != 2) return;  // "Volta 100 GPUs"
            phrase.count = tokens_[left].value;
            phrase.stated = tokens_[left].stated;
            phrase.count_tokens = {left, left + 1};
            phrase.counts_chips = multiplied || attached;
            if (left >= floor + 2 && is_times(left - 1) && is(left - 2, kind::number) && counts(left - 2) &&
                tokens_[left - 2].value < 1e5 && !in_time(left - 2) &&
                (left < 3 || !(is_times(left - 3) || is_sign(left - 3, '/')))) {
                *phrase.count *= tokens_[left - 2].value;
                left -= 2;
                phrase.count_tokens.first = left;
            }
            phrase.tokens.first = left;
        } else if (is(left, kind::number) && tokens_[left].stated == number_kind::range && !in_time(left)) {
            phrase.range = left;
            phrase.tokens.first = left;
        } else if (is(left, kind::other) && i < start && left > floor && is(left - 1, kind::article)) {
            phrase.count = 1;  // "an MSI GeForce GTX 1060"
            phrase.article = true;
            phrase.count_tokens = {left - 1, left};
            phrase.tokens.first = left - 1;
        } else if (is(left, kind::article) && !multiplied) {
            phrase.count = 1;
            phrase.article = true;
            phrase.count_tokens = {left, left + 1};
            phrase.tokens.first = left;
        }
        // "an HGX A100 GPU" is one of its chips, "four DGX A100" are machines.
        const std::size_t last = phrase.tokens.last;
        const bool of_chips =
            phrase.count == 1 && last > start && is(last - 1, kind::device) && tokens_[last - 1].value == 1;
        if (machine != 0 && !of_chips) {
            phrase.counts_groups = true;
            phrase.per_machine = tokens_[machine].value;
        }
    }

    /// "V100 x 8", "V100 (8x)", "GPUs: 8".
    void count_right(hardware_phrase& phrase) {
        std::size_t i = phrase.tokens.last;
        const bool bracket = is_sign(i, '(');
        if (bracket) ++i;
        const bool multiplied = is_times(i);
        if (multiplied) ++i;
        if (!bracket && !multiplied) {
            if (!is_sign(i, ':') && !is_sign(i, '=')) return;
            if (phrase.chip) return;
            ++i;
        }
        if (!is(i, kind::number) || !counts(i) || in_time(i)) return;
        std::size_t end = i + 1;
        if (bracket && is_times(end)) ++end;
        if (bracket && is(end, kind::other) && is(end + 1, kind::compute)) end += 2;  // "(128 in total)"
        if (is(end, kind::device)) ++end;
        if (bracket && !is_sign(end, ')')) return;
        if (is(end, kind::memory) || is(end, kind::chip) || (!bracket && is_times(end)) || is(end, kind::unit)) return;
        if (is_sign(end, '-') || is_sign(end, '%')) return;
        phrase.count = tokens_[i].value;
        phrase.stated = tokens_[i].stated;
        phrase.count_tokens = {i, i + 1};
        phrase.tokens.last = bracket ? end + 1 : end;
    }

    /// "a 4 x 4 x 8 slice of TPU v4": the chips of a slice.
    void count_topology(hardware_phrase& phrase, std::size_t start) {
        if (start < 5 || !is(start - 1, kind::linking) || !is(start - 2, kind::group)) return;
        double chips = 1;
        std::size_t first = start - 2;
        for (int sides = 0; sides < 3 && first > 0 && is(first - 1, kind::number) && counts(first - 1); ++sides) {
            chips *= tokens_[first - 1].value;
            first -= 1;
            if (first > 0 && is_times(first - 1) && sides < 2) --first;
        }
        if (start - 2 - first < 3 || !counts(chips)) return;
        phrase.count = chips;
        phrase.count_tokens = {first, start - 2};
        phrase.tokens.first = first;
    }

    /// A v3-512 has 512 cores, 256 chips.
    void slice(hardware_phrase& phrase) {
        const hardware_token& chip = tokens_[*phrase.chip];
        if (chip.slice == 0) return;
        const double cores = chips_[static_cast<std::size_t>(chip.value)].cores;
        const double slices = phrase.count && !phrase.article && *phrase.count < 10000 ? *phrase.count : 1;
        phrase.count = std::max(1.0, chip.slice / cores) * slices;
        if (phrase.count_tokens.first == phrase.count_tokens.last)
            phrase.count_tokens = {*phrase.chip, *phrase.chip + 1};
        phrase.article = false;
    }

    /// "two 1g.5gb MIG slices of an A100" are 2/7 of it; without such a profile, or with several, parts are no count.
    void count_shares() {
        std::optional<std::size_t> profile;
        int profiles = 0;
        for (std::size_t i = 0; i < tokens_.size(); ++i)
            if (is(i, kind::part) && tokens_[i].value > 0) {
                profile = i;
                ++profiles;
            }
        for (hardware_phrase& phrase : phrases) forget_count(phrase);
        if (profiles != 1 || phrases.size() != 1 || !phrases[0].chip) return;
        double slices = 1;
        std::size_t first = *profile;
        for (std::size_t i = *profile; i-- > 0 && *profile - i < 4;) {
            if (is(i, kind::number) && counts(i)) {
                slices = tokens_[i].value;
                first = i;
            }
            if (!is(i, kind::part) && !is(i, kind::maker) && !is(i, kind::sign)) break;
        }
        phrases[0].count = slices * tokens_[*profile].value;
        phrases[0].count_tokens = {first, *profile + 1};
    }

    // ---- groups

    /// "16 nodes with 8 GPUs each": the number of nodes times that of each.
    void count_groups() {
        for (hardware_phrase& phrase : phrases) {
            const std::size_t after = phrase.tokens.last;
            if (phrase.counts_groups) {
                if (phrase.per_machine == 0) {
                    phrase.count.reset();
                } else {
                    if (!phrase.count) phrase.count_tokens = phrase.tokens;
                    phrase.count = phrase.count.value_or(1) * phrase.per_machine;
                }
                continue;
            }
            if (!phrase.count || phrase.article) continue;
            const std::size_t before = phrase.tokens.first;
            if (phrase.counts_chips && is(after, kind::group) && before > 0 && is(before - 1, kind::number) &&
                counts(before - 1) && !in_time(before - 1)) {
                *phrase.count *= tokens_[before - 1].value;  // "9 dual-GPU servers"
                phrase.count_tokens.first = before - 1;
                phrase.tokens.first = before - 1;
                continue;
            }
            const std::size_t each = is_sign(after, ',') ? after + 1 : after;
            bool of_each = (is(each, kind::each) || is_sign(each, '/')) ||
                           (is(each, kind::other) && is(each + 1, kind::each)) ||
                           (is(each, kind::lasting) && is(each + 1, kind::each)) ||
                           (is(each, kind::linking) && is(each + 1, kind::each));
            if (is(each, kind::each) && (is(each + 1, kind::data) || is(each + 1, kind::unit))) of_each = false;
            const std::size_t first = phrase.tokens.first;
            for (std::size_t g = first; g-- > 0 && first - g < 14;) {
                if (is(g, kind::chip) || is(g, kind::device)) break;
                if (!is(g, kind::group)) continue;
                bool linked = of_each, total = false;
                std::ptrdiff_t others = 0;
                for (std::size_t i = g + 1; i < first; ++i) {
                    linked = linked || is(i, kind::each) || is(i, kind::linking) || is_sign(i, '(') || is_times(i);
                    others += is(i, kind::other) ? 1 : 0;
                    total =
                        total || is(i, kind::compute) || is_sign(i, '=') || is_sign(i, ':') || is(i, kind::experiment);
                }
                if (linked && !total && others <= 3) multiply(phrase, g);
                break;
            }
            if (!of_each) continue;
            bool done = false;
            for (std::size_t g = after; g < std::min(after + 14, tokens_.size()) && !done; ++g)
                if (is(g, kind::group)) done = multiply(phrase, g);
        }
    }

    bool multiply(hardware_phrase& phrase, std::size_t group) {
        for (std::size_t i = group; i-- > 0 && group - i < 4;) {
            if (is(i, kind::number) && counts(i) && !in_time(i)) {
                for (hardware_phrase& other : phrases) {
                    if (i < other.count_tokens.first || i >= other.count_tokens.last) continue;
                    if (&other == &phrase || other.tokens.last != group) return false;
                    forget_count(other);  // "16xH800 nodes (8 GPUs each)"
                }
                *phrase.count *= tokens_[i].value;
                phrase.count_tokens.first = std::min(phrase.count_tokens.first, i);
                phrase.count_tokens.last = std::max(phrase.count_tokens.last, i + 1);
                return true;
            }
            if (is(i, kind::article) || is(i, kind::stop) || is(i, kind::each)) return false;
        }
        return false;
    }

    // ---- one phrase said in two pieces

    /// "4 GPUs (V100)", "A100 nodes, a total of 512 GPUs": the chip of one and the count of the other.
    void join_phrases() {
        for (std::size_t i = 0; i + 1 < phrases.size(); ++i) {
            hardware_phrase& left = phrases[i];
            hardware_phrase& right = phrases[i + 1];
            const bool same = left.chip && right.chip && tokens_[*left.chip].value == tokens_[*right.chip].value;
            if (left.chip && right.chip && !same) continue;
            if (left.per_machine > 0 && right.per_machine > 0) continue;
            if (!left.chip && !right.chip && left.count && right.count && left.count != right.count) continue;
            if (left.count && right.count && !left.article && !right.article && left.count != right.count &&
                !(left.per_machine > 0)) {
                continue;
            }
            const bool from_right =
                right.count && (!left.count || left.article || left.per_machine > 0) && !right.article;
            hardware_phrase joined = from_right ? right : left;
            if (!joined.count) {
                joined.count = right.count;
                joined.count_tokens = right.count_tokens;
                joined.article = right.article;
            }
            joined.chip = left.chip ? left.chip : right.chip;
            joined.tokens = {left.tokens.first, right.tokens.last};
            right = joined;
            left.absorbed = true;
        }
        std::erase_if(phrases, [](const hardware_phrase& phrase) { return phrase.absorbed; });
    }

    // ---- whose time

    /// "A100" of "NVIDIA A100 SXM4 80 GB": the first word of a chip's name with a digit, else the name.
    [[nodiscard]] std::string_view model_of(std::size_t chip) const {
        const std::string_view name = spelling_of(chip).name;
        const std::size_t digit = name.find_first_of("0123456789");
        if (digit == name.npos) return name;
        const std::size_t begin = name.substr(0, digit).rfind(' ') + 1;  // 0 where there is none
        return name.substr(begin, name.find(' ', digit) - begin);
    }

    /// "on a CPU", "on 16 cores of a laptop" right behind a time
    [[nodiscard]] bool is_on_processor(std::size_t at) const {
        if (!is(at, kind::linking) || is_of(at)) return false;
        for (std::size_t i = at + 1; i < std::min(at + 6, tokens_.size()); ++i) {
            if (is(i, kind::processor)) return !is_hardware(i + 1) && !is_sign(i + 1, '-');
            if (!is(i, kind::number) && !is(i, kind::article) && !is(i, kind::maker) && !is(i, kind::other))
                return false;
        }
        return false;
    }

    void give_times() {
        std::vector<char>& timed = timed_;
        timed.assign(phrases.size(), 0);
        for (stated_time& time : times) {
            std::optional<std::size_t> before, after;
            for (std::size_t p = 0; p < phrases.size(); ++p) {
                if (phrases[p].tokens.first < time.tokens.first) before = p;
                if (!after && phrases[p].tokens.first >= time.tokens.last) after = p;
            }
            bool of = false;  // "3 hours of a T4", "3 hours on 8 GPUs"
            if (after) {
                const std::size_t from = time.tokens.last, to = phrases[*after].tokens.first;
                const bool waits = before && timed[*before] == 0;  // "8 A100 for 3 days and on 16 H100"
                of = to - from <= (waits ? 2 : 6);
                for (std::size_t i = from; i < to; ++i)
                    if (is(i, kind::number) || is(i, kind::unit) || is_sign(i, ',')) of = false;
                if (of) {
                    of = false;
                    for (std::size_t i = from; i < to; ++i) of = of || is(i, kind::linking);
                }
            }
            if (is_on_processor(time.tokens.last)) continue;  // "5 hours on CPUs and 2 days on 4 GPUs"
            if (after && of && timed[*after] == 0)
                time.phrase = after;
            else if (before)
                time.phrase = before;
            else
                time.phrase = after;
            // "8 A100 GPUs and 100 H100 GPU hours"
            const std::optional<std::size_t> chip = time.phrase ? phrases[*time.phrase].chip : std::nullopt;
            if (time.chip && chip && model_of(*chip) != model_of(*time.chip)) time.phrase.reset();
            // "8.5 hours on 64 GPUs per epoch"
            const std::size_t last = time.phrase && time.phrase == after ? phrases[*time.phrase].tokens.last : 0;
            time.of_part = last > 0 && of && is(last, kind::each) && is(last + 1, kind::data);
            if (time.phrase && !time.of_part) timed[*time.phrase] = 1;
        }
        std::erase_if(times, [](const stated_time& time) { return time.of_part; });
    }

    std::span<const hardware_token> tokens_;
    const std::vector<chip_spelling>& chips_;
    std::vector<char>& timed_;  // of each phrase
};

}  // namespace compute_divide::inline v0_2::detail

#endif
