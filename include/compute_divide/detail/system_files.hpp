// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_SYSTEM_FILES_HPP
#define COMPUTE_DIVIDE_DETAIL_SYSTEM_FILES_HPP

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <climits>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <string>

#if defined(_WIN32)
#include <io.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#else
#include <unistd.h>
#endif

/// What is asked of the system about files beyond the standard library, in POSIX and in Windows: no other header calls
/// either (tests/floors.sh). Files are descriptors; where something fails, errno says why.
namespace compute_divide::inline v0_2::detail {

/// What is at a path.
struct file_kind {
    bool is_there = false, is_regular = false, is_folder = false;
    unsigned mode = 0;  ///< who may do what with it
};

#if defined(_WIN32)

[[nodiscard]] inline file_kind kind_of_file(const std::string& path) {
    struct ::_stat64 known = {};
    if (::_stat64(path.c_str(), &known) != 0) return {};
    const auto type = known.st_mode & _S_IFMT;
    return {true, type == _S_IFREG, type == _S_IFDIR, 0};
}
/// A new file to write to; negative where it could not be made, or is there already (EEXIST).
[[nodiscard]] inline int create_file(const std::string& path) {
    return ::_open(path.c_str(), _O_WRONLY | _O_CREAT | _O_EXCL | _O_BINARY | _O_NOINHERIT, _S_IREAD | _S_IWRITE);
}
/// How many bytes were written; negative where none could be.
[[nodiscard]] inline std::ptrdiff_t write_some(int file, const char* bytes, std::size_t size) {
    return ::_write(file, bytes, static_cast<unsigned>(std::min<std::size_t>(size, INT_MAX)));
}
/// Whether all that was written is on the disk.
[[nodiscard]] inline bool synchronise(int file) {
    return ::_commit(file) == 0;
}
inline bool close_file(int file) {
    return ::_close(file) == 0;
}
/// Files have no modes there.
[[nodiscard]] inline bool set_mode(int, unsigned) {
    return true;
}
/// What is at the end of symbolic links, where there is something.
[[nodiscard]] inline std::string target_of(const std::string& path) {
    std::error_code error;
    const auto found = std::filesystem::canonical(path, error);
    return error ? path : found.string();
}
/// A file takes the place of another, at once.
[[nodiscard]] inline bool replace_file(const std::string& from, const std::string& to) {
    std::error_code error;
    std::filesystem::rename(from, to, error);
    errno = error.default_error_condition().value();
    return !error;
}
/// That new names outlive a power cut: with Windows they do.
inline void synchronise_folder_of(const std::string&) {}

[[nodiscard]] inline bool errors_go_to_a_terminal() {
    return ::_isatty(::_fileno(stderr)) != 0;
}

#else

[[nodiscard]] inline file_kind kind_of_file(const std::string& path) {
    struct stat known = {};
    if (::stat(path.c_str(), &known) != 0) return {};
    return {true, S_ISREG(known.st_mode), S_ISDIR(known.st_mode), static_cast<unsigned>(known.st_mode & 07777)};
}
/// A new file to write to; negative where it could not be made, or is there already (EEXIST).
[[nodiscard]] inline int create_file(const std::string& path) {
    return ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
}
/// How many bytes were written; negative where none could be.
[[nodiscard]] inline std::ptrdiff_t write_some(int file, const char* bytes, std::size_t size) {
    return ::write(file, bytes, size);
}
/// Whether all that was written is on the disk.
[[nodiscard]] inline bool synchronise(int file) {
    return ::fsync(file) == 0;
}
inline bool close_file(int file) {
    return ::close(file) == 0;
}

#if defined(__wasi__)  // files have no modes there, and nothing tells where a link leads

[[nodiscard]] inline bool set_mode(int, unsigned) {
    return true;
}
[[nodiscard]] inline std::string target_of(const std::string& path) {
    return path;
}

#else

[[nodiscard]] inline bool set_mode(int file, unsigned mode) {
    return ::fchmod(file, static_cast< ::mode_t>(mode)) == 0;
}
/// What is at the end of symbolic links, where there is something.
[[nodiscard]] inline std::string target_of(const std::string& path) {
    char found[PATH_MAX];
    return ::realpath(path.c_str(), found) == nullptr ? path : found;
}

#endif

/// A file takes the place of another, at once.
[[nodiscard]] inline bool replace_file(const std::string& from, const std::string& to) {
    return std::rename(from.c_str(), to.c_str()) == 0;
}
/// That new names outlive a power cut; not all file systems can do it.
inline void synchronise_folder_of(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
    const int names = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (names < 0) return;
    ::fsync(names);
    ::close(names);
}

[[nodiscard]] inline bool errors_go_to_a_terminal() {
    return ::isatty(STDERR_FILENO) == 1;
}

#endif

}  // namespace compute_divide::inline v0_2::detail

#endif
