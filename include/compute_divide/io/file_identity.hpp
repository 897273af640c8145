// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_IO_FILE_IDENTITY_HPP
#define COMPUTE_DIVIDE_IO_FILE_IDENTITY_HPP

#include <array>
#include <cerrno>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <tuple>
#include <vector>

#include <isa-l/crc64.h>

/// Whether two files are the same, by what is in them. Needs ISA-L.
namespace compute_divide::inline v0_2 {

/// What a content is: its size, and two cyclic redundancy checks of 64 bits (ECMA-182's polynomial and Jones'). The
/// same for every path, link and copy; of two contents that are not made to collide it is different, but for one chance
/// in 2^128. It can be saved in states.
struct file_identity {
    std::uint64_t size = 0;
    std::array<std::uint64_t, 2> checksums = {};

    friend auto operator<=>(const file_identity&, const file_identity&) = default;
    static constexpr std::string_view state_name = "file_identity";
    static auto state(auto& self) { return std::tie(self.size, self.checksums); }
};

/// The identity of bytes that come one block after the other. Some 5 GB/s.
class identity_sum {
public:
    void add(std::string_view block) {
        const auto* const data = reinterpret_cast<const unsigned char*>(block.data());
        auto& [ecma, jones] = sum_.checksums;
        ecma = crc64_ecma_refl(ecma, data, block.size());
        jones = crc64_jones_refl(jones, data, block.size());
        sum_.size += block.size();
    }
    [[nodiscard]] const file_identity& result() const { return sum_; }

private:
    file_identity sum_;
};

/// Reads a file whole. Throws std::system_error that names the file where it cannot be read.
[[nodiscard]] inline file_identity identity_of_file(const std::string& path) {
    const auto fail = [&path] {
        throw std::system_error(errno, std::generic_category(), "compute_divide::identity_of_file: " + path);
    };
    errno = 0;
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), std::fclose);
    if (!file) fail();
    identity_sum sum;
    std::vector<char> block(std::size_t{1} << 20);
    while (const std::size_t size = std::fread(block.data(), 1, block.size(), file.get()))
        sum.add({block.data(), size});
    if (std::ferror(file.get()) != 0) fail();
    return sum.result();
}

}  // namespace compute_divide::inline v0_2

#endif
