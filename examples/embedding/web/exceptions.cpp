// SPDX-License-Identifier: BSL-1.0
// Exceptions in WebAssembly. Debian's libc++abi for it is built without: what of the C++ ABI throws and catches is
// here, over clang's own instructions (-fwasm-exceptions). Of the types that are caught, the tables say (Itanium C++
// ABI, "Exception Handling Tables"; LLVM, docs/ExceptionHandling, "WebAssembly"), and libc++abi's type_info::can_catch.
// One thread; exception specifications other than noexcept end the program, and so does what escapes: as a trap.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <new>
#include <typeinfo>

namespace __cxxabiv1 {
// As libc++abi has it (private_typeinfo.h): its functions are called through the table of virtual ones.
class __shim_type_info : public std::type_info {
public:
    virtual ~__shim_type_info();
    virtual void noop1() const;
    virtual void noop2() const;
    virtual bool can_catch(const __shim_type_info* thrown, void*& adjusted) const = 0;
};
}  // namespace __cxxabiv1

namespace {

using type = __cxxabiv1::__shim_type_info;

/// In front of each object that is thrown.
struct alignas(16) header {
    const type* thrown;
    void* (*destroy)(void*);
    void* adjusted;  // the object as the handler's type
    header* next;    // of those being handled: the one before
    std::size_t owners;
    int handlers;
    bool is_rethrown;
};
header* handled = nullptr;
int uncaught = 0;

header* header_of(void* object) {
    return static_cast<header*>(object) - 1;
}
void* object_of(header* h) {
    return h + 1;
}

std::uintptr_t unsigned_leb(const std::uint8_t*& at) {
    std::uintptr_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
        value |= static_cast<std::uintptr_t>(*at & 0x7FU) << shift;
        if ((*at++ & 0x80U) == 0) return value;
    }
}
std::intptr_t signed_leb(const std::uint8_t*& at) {
    std::uintptr_t value = 0;
    unsigned shift = 0;
    std::uint8_t byte = 0;
    do {
        byte = *at++;
        value |= static_cast<std::uintptr_t>(byte & 0x7FU) << shift;
        shift += 7;
    } while ((byte & 0x80U) != 0);
    if ((byte & 0x40U) != 0 && shift < 8 * sizeof value) value |= ~std::uintptr_t{0} << shift;
    return static_cast<std::intptr_t>(value);
}

}  // namespace

extern "C" {

/// Compiled code says where it is, and reads which of its handlers it is to take (0: none).
struct {
    std::uintptr_t place, table, selector;
} __wasm_lpad_context;

int _Unwind_CallPersonality(void* object) {
    header* const h = header_of(object);
    __wasm_lpad_context.selector = 0;
    const auto* at = reinterpret_cast<const std::uint8_t*>(__wasm_lpad_context.table);
    if (at == nullptr) return 0;
    if (*at++ != 0xFF) unsigned_leb(at);  // where landing pads start: not told
    const std::uint8_t* types = nullptr;
    if (*at++ != 0xFF) {
        const std::uintptr_t offset = unsigned_leb(at);
        types = at + offset;
    }
    ++at;  // how call sites are written
    const std::uintptr_t size = unsigned_leb(at);
    const std::uint8_t *const actions = at + size, *site = at;
    std::uintptr_t action = 0;
    for (std::uintptr_t i = 0; i <= __wasm_lpad_context.place; ++i) {
        if (site >= actions) std::terminate();
        unsigned_leb(site);
        action = unsigned_leb(site);
    }
    if (action == 0) return 0;
    for (const std::uint8_t* record = actions + (action - 1);;) {
        const std::intptr_t filter = signed_leb(record);
        if (filter > 0) {
            const type* caught = nullptr;
            std::memcpy(&caught, types - static_cast<std::size_t>(filter) * sizeof caught, sizeof caught);
            void* adjusted = object;
            if (caught == nullptr || caught->can_catch(h->thrown, adjusted)) {
                h->adjusted = adjusted;
                __wasm_lpad_context.selector = static_cast<std::uintptr_t>(filter);
                return 0;
            }
        } else if (filter < 0) {
            std::terminate();
        }
        const std::uint8_t* const here = record;
        const std::intptr_t next = signed_leb(record);
        if (next == 0) return 0;
        record = here + next;
    }
}

void* __cxa_allocate_exception(std::size_t size) noexcept {
    auto* const h = static_cast<header*>(std::calloc(1, sizeof(header) + size));
    if (h == nullptr) std::terminate();
    return object_of(h);
}
void __cxa_free_exception(void* object) noexcept {
    std::free(header_of(object));
}
void __cxa_increment_exception_refcount(void* object) noexcept {
    if (object != nullptr) ++header_of(object)->owners;
}
void __cxa_decrement_exception_refcount(void* object) noexcept {
    if (object == nullptr || --header_of(object)->owners > 0) return;
    header* const h = header_of(object);
    if (h->destroy != nullptr) h->destroy(object);
    std::free(h);
}
[[noreturn]] void __cxa_throw(void* object, std::type_info* thrown, void* (*destroy)(void*)) {
    header* const h = header_of(object);
    h->thrown = static_cast<const type*>(thrown);
    h->destroy = destroy;
    h->adjusted = object;
    h->owners = 1;
    ++uncaught;
    __builtin_wasm_throw(0, object);
}
void* __cxa_get_exception_ptr(void* object) noexcept {
    return header_of(object)->adjusted;
}
void* __cxa_begin_catch(void* object) noexcept {
    header* const h = header_of(object);
    if (h->handlers++ == 0) {
        h->next = handled;
        handled = h;
    }
    h->is_rethrown = false;
    --uncaught;
    return h->adjusted;
}
void __cxa_end_catch() {
    header* const h = handled;
    if (h == nullptr || --h->handlers > 0) return;
    handled = h->next;
    if (!h->is_rethrown) __cxa_decrement_exception_refcount(object_of(h));
}
[[noreturn]] void __cxa_rethrow() {
    if (handled == nullptr) std::terminate();
    handled->is_rethrown = true;
    ++uncaught;
    __builtin_wasm_throw(0, object_of(handled));
}
void* __cxa_current_primary_exception() noexcept {
    if (handled == nullptr) return nullptr;
    ++handled->owners;
    return object_of(handled);
}
void __cxa_rethrow_primary_exception(void* object) {
    if (object == nullptr) return;
    header* const h = header_of(object);
    ++h->owners;
    ++uncaught;
    __builtin_wasm_throw(0, object);
}
std::type_info* __cxa_current_exception_type() {
    return handled == nullptr ? nullptr : const_cast<type*>(handled->thrown);
}
bool __cxa_uncaught_exception() noexcept {
    return uncaught > 0;
}
unsigned __cxa_uncaught_exceptions() noexcept {
    return static_cast<unsigned>(uncaught);
}
int __gxx_wasm_personality_v0(...) {
    std::terminate();
}

}  // extern "C"

// libc++abi's ends the program where memory does.
void* operator new(std::size_t size) {
    if (void* const made = std::malloc(size > 0 ? size : 1)) return made;
    throw std::bad_alloc();
}
