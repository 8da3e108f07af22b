/* A stub of NVIDIA's driver (libcuda.so.1): the part of its interface that ILGPU and the library call, on host memory, with no GPU.
 *
 * Kernels do not run. Allocations, copies and fills are real, a stream capture becomes a graph, and all that would cost time or
 * serialise on a GPU is counted. What a driver refuses is refused: empty launches, too large groups, unknown pointers, and
 * synchronising or a global allocation while a stream is captured. Names and signatures are those of cuda.h; the program's own are
 * stub_counts, stub_launches and stub_refuse_graphs. */
#include <pthread.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define API __attribute__((visibility("default")))
#define LOCKED pthread_mutex_lock(&mutex)
#define RETURN(result) return pthread_mutex_unlock(&mutex), (result)

enum { SUCCESS = 0, INVALID_VALUE = 1, OUT_OF_MEMORY = 2, INVALID_HANDLE = 400, NOT_SUPPORTED = 801, CAPTURE_UNSUPPORTED = 900, CAPTURE_INVALIDATED = 901 };
enum { MULTIPROCESSORS = 132, MOST_THREADS = 1024, MOST_SHARED = 48 << 10, MOST_LAUNCHES = 4096 };
static const size_t MEMORY = (size_t)16 << 30;

typedef int CUresult;
typedef void *Handle;

struct counts {
    int64_t launches, graph_launches, graph_kernels, allocations, allocated_bytes, frees, live_bytes, host_allocations, copies, copied_bytes,
        fills, synchronizations, modules, events;
};

struct block {
    struct block *next;
    char *start;
    size_t length;
};

enum kind { KERNEL, COPY, FILL };

struct node {
    enum kind kind;
    Handle function;
    char *to;
    const char *from;
    size_t length;
    unsigned char value;
};

struct graph {
    struct node *nodes;
    size_t count, capacity;
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static struct counts counts;
static struct block *blocks;
static Handle launches[MOST_LAUNCHES];
static Handle capturing;
static int capture_mode, capture_is_invalid, graphs_are_refused;
static struct graph *captured;
static uintptr_t next_handle = 0x1000;

static Handle new_handle(void) { return (Handle)(next_handle += 16); }

static struct block *find(const void *address, size_t length)
{
    for (struct block *block = blocks; block; block = block->next)
        if ((const char *)address >= block->start && (const char *)address + length <= block->start + block->length)
            return block;
    return NULL;
}

static void append(struct node node)
{
    if (captured->count == captured->capacity)
        captured->nodes = realloc(captured->nodes, (captured->capacity = 2 * captured->capacity + 16) * sizeof node);
    captured->nodes[captured->count++] = node;
}

static void run(const struct node *node)
{
    if (node->kind == COPY) {
        counts.copies++;
        counts.copied_bytes += node->length;
        memmove(node->to, node->from, node->length);
    } else if (node->kind == FILL) {
        counts.fills++;
        memset(node->to, node->value, node->length);
    }
}

static void submit(Handle stream, struct node node)
{
    if (capturing && stream == capturing)
        append(node);
    else
        run(&node);
}

/* What must not happen while a stream is captured; it spoils the capture, as it does in the driver. */
static CUresult unless_captured(void)
{
    if (!capturing)
        return SUCCESS;
    capture_is_invalid = 1;
    return CAPTURE_UNSUPPORTED;
}

static CUresult synchronize(void)
{
    LOCKED;
    CUresult result = unless_captured();
    counts.synchronizations++;
    RETURN(result);
}

/* What the tests read. */

API void stub_counts(struct counts *out) { LOCKED; *out = counts; pthread_mutex_unlock(&mutex); }

/* From now on, captures are refused, as by a driver without them. */
API void stub_refuse_graphs(int refuse) { LOCKED; graphs_are_refused = refuse; pthread_mutex_unlock(&mutex); }

/* The functions of the launches from number 'first' on; those of graphs are not among them. */
API int stub_launches(int64_t first, Handle *out, int capacity)
{
    LOCKED;
    int count = 0;
    for (int64_t i = first; i < counts.launches && count < capacity; i++)
        out[count++] = launches[i % MOST_LAUNCHES];
    RETURN(count);
}

/* The device. */

API CUresult cuInit(unsigned flags) { return flags ? INVALID_VALUE : SUCCESS; }
API CUresult cuDriverGetVersion(int *version) { *version = 13000; return SUCCESS; }
API CUresult cuDeviceGet(int *device, int ordinal) { *device = ordinal; return ordinal ? INVALID_VALUE : SUCCESS; }
API CUresult cuDeviceGetCount(int *count) { *count = 1; return SUCCESS; }
API CUresult cuDeviceGetName(char *name, int length, int device) { (void)device; strncpy(name, "Stub of an H200", length); return SUCCESS; }
API CUresult cuDeviceTotalMem_v2(size_t *bytes, int device) { (void)device; *bytes = MEMORY; return SUCCESS; }

API CUresult cuDeviceGetAttribute(int *value, int attribute, int device)
{
    /* The numbers of CUdevice_attribute and an H200's answers. */
    static const int known[][2] = {
        {1, MOST_THREADS}, {2, 1024}, {3, 1024}, {4, 64}, {5, 2147483647}, {6, 65535}, {7, 65535}, {8, MOST_SHARED}, {9, 65536}, {10, 32},
        {12, 65536}, {13, 1980000}, {16, MULTIPROCESSORS}, {36, 3201000}, {37, 6144}, {38, 60 << 20}, {39, 2048}, {75, 9}, {76, 0},
        {81, 233472}, {82, 65536}, {97, 232448},
    };
    (void)device;
    *value = 1;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (known[i][0] == attribute)
            *value = known[i][1];
    return SUCCESS;
}

API CUresult cuDeviceCanAccessPeer(int *can, int device, int peer) { (void)device; (void)peer; *can = 0; return SUCCESS; }
API CUresult cuDeviceGetP2PAttribute(int *value, int attribute, int a, int b) { (void)attribute; (void)a; (void)b; *value = 0; return SUCCESS; }
API CUresult cuGetErrorString(CUresult error, const char **text)
{
    *text = error == OUT_OF_MEMORY ? "out of memory" : error == CAPTURE_UNSUPPORTED ? "operation not permitted when stream is capturing"
        : error == CAPTURE_INVALIDATED ? "operation failed due to a previous error during capture" : error ? "invalid argument" : "no error";
    return SUCCESS;
}

/* Contexts. */

API CUresult cuCtxCreate_v2(Handle *context, unsigned flags, int device) { (void)flags; (void)device; LOCKED; *context = new_handle(); RETURN(SUCCESS); }
API CUresult cuCtxDestroy_v2(Handle context) { return context ? SUCCESS : INVALID_VALUE; }
API CUresult cuCtxSetCurrent(Handle context) { (void)context; return SUCCESS; }
API CUresult cuCtxSynchronize(void) { return synchronize(); }
API CUresult cuCtxGetCacheConfig(int *config) { *config = 0; return SUCCESS; }
API CUresult cuCtxSetCacheConfig(int config) { (void)config; return SUCCESS; }
API CUresult cuCtxGetSharedMemConfig(int *config) { *config = 0; return SUCCESS; }
API CUresult cuCtxSetSharedMemConfig(int config) { (void)config; return SUCCESS; }
API CUresult cuCtxEnablePeerAccess(Handle context, unsigned flags) { (void)context; (void)flags; return SUCCESS; }
API CUresult cuCtxDisablePeerAccess(Handle context) { (void)context; return SUCCESS; }

/* Memory. */

static CUresult allocate(Handle *out, size_t bytes, size_t limit)
{
    if (bytes == 0)
        return INVALID_VALUE;
    struct block *block = malloc(sizeof *block);
    if (counts.live_bytes + bytes > limit || !block || posix_memalign((void **)&block->start, 512, bytes)) {
        free(block);
        return OUT_OF_MEMORY;
    }
    *block = (struct block){blocks, block->start, bytes};
    blocks = block;
    *out = block->start;
    return SUCCESS;
}

static size_t release(Handle start)
{
    for (struct block **link = &blocks; *link; link = &(*link)->next) {
        struct block *block = *link;
        if (block->start == start) {
            size_t bytes = block->length;
            *link = block->next;
            free(block->start);
            free(block);
            return bytes;
        }
    }
    return 0;
}

API CUresult cuMemAlloc_v2(Handle *address, size_t bytes)
{
    LOCKED;
    /* CU_STREAM_CAPTURE_MODE_RELAXED, 2, lets it pass. */
    if (capturing && capture_mode != 2)
        RETURN(unless_captured());
    CUresult result = allocate(address, bytes, MEMORY);
    if (result == SUCCESS) {
        counts.allocations++;
        counts.allocated_bytes += bytes;
        counts.live_bytes += bytes;
        memset(*address, 0xFF, bytes < 4096 ? bytes : 4096); /* Fresh memory holds NaN, not zeros. */
    }
    RETURN(result);
}

API CUresult cuMemFree_v2(Handle address)
{
    LOCKED;
    if (capturing && capture_mode != 2)
        RETURN(unless_captured());
    size_t bytes = release(address);
    counts.frees += bytes != 0;
    counts.live_bytes -= bytes;
    RETURN(bytes ? SUCCESS : INVALID_VALUE);
}

API CUresult cuMemAllocHost_v2(Handle *address, size_t bytes)
{
    LOCKED;
    CUresult result = allocate(address, bytes, SIZE_MAX);
    counts.host_allocations += result == SUCCESS;
    RETURN(result);
}

API CUresult cuMemHostAlloc(Handle *address, size_t bytes, unsigned flags) { (void)flags; return cuMemAllocHost_v2(address, bytes); }
API CUresult cuMemFreeHost(Handle address) { LOCKED; size_t bytes = release(address); RETURN(bytes ? SUCCESS : INVALID_VALUE); }
API CUresult cuMemHostRegister_v2(Handle address, size_t bytes, unsigned flags) { (void)flags; return address && bytes ? SUCCESS : INVALID_VALUE; }
API CUresult cuMemHostUnregister(Handle address) { return address ? SUCCESS : INVALID_VALUE; }
API CUresult cuMemHostGetDevicePointer_v2(Handle *device, Handle host, unsigned flags) { (void)flags; *device = host; return SUCCESS; }
API CUresult cuPointerGetAttribute(void *value, int attribute, Handle pointer) { (void)value; (void)attribute; (void)pointer; return INVALID_VALUE; }
API CUresult cuMemGetInfo_v2(size_t *available, size_t *total) { LOCKED; *total = MEMORY; *available = MEMORY - counts.live_bytes; RETURN(SUCCESS); }

API CUresult cuMemcpyAsync(Handle to, Handle from, size_t bytes, Handle stream)
{
    LOCKED;
    /* One side at least must be the device's (or page-locked). */
    if (bytes && !find(to, bytes) && !find(from, bytes))
        RETURN(INVALID_VALUE);
    submit(stream, (struct node){.kind = COPY, .to = to, .from = from, .length = bytes});
    RETURN(SUCCESS);
}

API CUresult cuMemsetD8Async(Handle to, unsigned char value, size_t bytes, Handle stream)
{
    LOCKED;
    if (!find(to, bytes))
        RETURN(INVALID_VALUE);
    submit(stream, (struct node){.kind = FILL, .to = to, .length = bytes, .value = value});
    RETURN(SUCCESS);
}

/* Streams and events. */

API CUresult cuStreamCreate(Handle *stream, unsigned flags) { (void)flags; LOCKED; *stream = new_handle(); RETURN(SUCCESS); }
API CUresult cuStreamCreateWithPriority(Handle *stream, unsigned flags, int priority) { (void)priority; return cuStreamCreate(stream, flags); }
API CUresult cuStreamDestroy_v2(Handle stream) { return stream ? SUCCESS : INVALID_HANDLE; }
API CUresult cuStreamSynchronize(Handle stream) { (void)stream; return synchronize(); }
API CUresult cuStreamQuery(Handle stream) { (void)stream; return SUCCESS; }
API CUresult cuStreamWaitEvent(Handle stream, Handle event, unsigned flags) { (void)stream; (void)flags; return event ? SUCCESS : INVALID_HANDLE; }
API CUresult cuEventCreate(Handle *event, unsigned flags) { (void)flags; LOCKED; counts.events++; *event = new_handle(); RETURN(SUCCESS); }
API CUresult cuEventDestroy_v2(Handle event) { return event ? SUCCESS : INVALID_HANDLE; }
API CUresult cuEventRecord(Handle event, Handle stream) { (void)stream; return event ? SUCCESS : INVALID_HANDLE; }
API CUresult cuEventQuery(Handle event) { return event ? SUCCESS : INVALID_HANDLE; }
API CUresult cuEventSynchronize(Handle event) { (void)event; return synchronize(); }
API CUresult cuEventElapsedTime(float *milliseconds, Handle start, Handle end) { (void)start; (void)end; *milliseconds = 1; return SUCCESS; }

/* Modules and kernels. */

API CUresult cuModuleLoadDataEx(Handle *module, const char *image, unsigned options, Handle keys, Handle values)
{
    (void)options; (void)keys; (void)values;
    LOCKED;
    counts.modules++;
    *module = new_handle();
    RETURN(image && strstr(image, ".entry") ? SUCCESS : INVALID_VALUE);
}

API CUresult cuModuleLoadData(Handle *module, const char *image) { return cuModuleLoadDataEx(module, image, 0, NULL, NULL); }
API CUresult cuModuleUnload(Handle module) { return module ? SUCCESS : INVALID_HANDLE; }
API CUresult cuModuleGetFunction(Handle *function, Handle module, const char *name) { (void)module; (void)name; LOCKED; *function = new_handle(); RETURN(SUCCESS); }
API CUresult cuFuncSetAttribute(Handle function, int attribute, int value) { (void)attribute; (void)value; return function ? SUCCESS : INVALID_HANDLE; }
API CUresult cuFuncGetAttribute(int *value, int attribute, Handle function) { (void)attribute; *value = 0; return function ? SUCCESS : INVALID_HANDLE; }

API CUresult cuOccupancyMaxActiveBlocksPerMultiprocessor(int *groups, Handle function, int threads, size_t shared)
{
    (void)function; (void)shared;
    *groups = 2048 / (threads ? threads : 1);
    return SUCCESS;
}

API CUresult cuOccupancyMaxPotentialBlockSize(int *groups, int *threads, Handle function, Handle shared_of, size_t shared, int limit)
{
    (void)function; (void)shared_of; (void)shared; (void)limit;
    *groups = 2 * MULTIPROCESSORS;
    *threads = MOST_THREADS;
    return SUCCESS;
}

API CUresult cuLaunchKernel(Handle function, unsigned grid_x, unsigned grid_y, unsigned grid_z, unsigned group_x, unsigned group_y,
    unsigned group_z, unsigned shared, Handle stream, void **arguments, void **extra)
{
    (void)arguments; (void)extra;
    LOCKED;
    uint64_t threads = (uint64_t)group_x * group_y * group_z;
    if (!function || !grid_x || !grid_y || !grid_z || grid_x > 2147483647u || grid_y > 65535 || grid_z > 65535 || !threads
        || threads > MOST_THREADS || group_z > 64 || shared > MOST_SHARED)
        RETURN(INVALID_VALUE);
    if (capturing && stream == capturing)
        append((struct node){.kind = KERNEL, .function = function});
    else
        launches[counts.launches++ % MOST_LAUNCHES] = function;
    RETURN(SUCCESS);
}

/* Stream capture and graphs. */

API CUresult cuStreamBeginCapture_v2(Handle stream, int mode)
{
    LOCKED;
    if (graphs_are_refused)
        RETURN(NOT_SUPPORTED);
    if (capturing || !stream || mode < 0 || mode > 2)
        RETURN(INVALID_VALUE);
    capturing = stream;
    capture_mode = mode;
    capture_is_invalid = 0;
    captured = calloc(1, sizeof *captured);
    RETURN(SUCCESS);
}

API CUresult cuStreamBeginCapture(Handle stream, int mode) { return cuStreamBeginCapture_v2(stream, mode); }

API CUresult cuStreamEndCapture(Handle stream, Handle *graph)
{
    LOCKED;
    if (!capturing || stream != capturing)
        RETURN(INVALID_VALUE);
    capturing = NULL;
    *graph = capture_is_invalid ? NULL : captured;
    RETURN(capture_is_invalid ? CAPTURE_INVALIDATED : SUCCESS);
}

API CUresult cuStreamIsCapturing(Handle stream, int *status) { LOCKED; *status = capturing && stream == capturing; RETURN(SUCCESS); }
API CUresult cuThreadExchangeStreamCaptureMode(int *mode) { LOCKED; int old = capture_mode; capture_mode = *mode; *mode = old; RETURN(SUCCESS); }

API CUresult cuGraphGetNodes(struct graph *graph, Handle *nodes, size_t *count)
{
    if (!graph)
        return INVALID_VALUE;
    for (size_t i = 0; nodes && i < graph->count && i < *count; i++)
        nodes[i] = &graph->nodes[i];
    if (!nodes || *count > graph->count)
        *count = graph->count;
    return SUCCESS;
}

API CUresult cuGraphDestroy(struct graph *graph)
{
    if (!graph)
        return INVALID_VALUE;
    free(graph->nodes);
    free(graph);
    return SUCCESS;
}

API CUresult cuGraphInstantiateWithFlags(Handle *executable, struct graph *graph, uint64_t flags)
{
    (void)flags;
    if (!graph)
        return INVALID_VALUE;
    struct graph *copy = malloc(sizeof *copy);
    *copy = (struct graph){malloc(graph->count * sizeof *graph->nodes + 1), graph->count, graph->count};
    memcpy(copy->nodes, graph->nodes, graph->count * sizeof *graph->nodes);
    *executable = copy;
    return SUCCESS;
}

API CUresult cuGraphInstantiate_v2(Handle *executable, struct graph *graph, Handle *node, char *log, size_t length)
{
    (void)node; (void)log; (void)length;
    return cuGraphInstantiateWithFlags(executable, graph, 0);
}

API CUresult cuGraphInstantiate(Handle *executable, struct graph *graph, uint64_t flags) { return cuGraphInstantiateWithFlags(executable, graph, flags); }
API CUresult cuGraphExecKernelNodeSetParams(Handle executable, Handle node, Handle parameters) { return executable && node && parameters ? SUCCESS : INVALID_VALUE; }
API CUresult cuGraphExecKernelNodeSetParams_v2(Handle executable, Handle node, Handle parameters) { return cuGraphExecKernelNodeSetParams(executable, node, parameters); }
API CUresult cuGraphUpload(Handle executable, Handle stream) { (void)stream; return executable ? SUCCESS : INVALID_VALUE; }

API CUresult cuGraphLaunch(struct graph *executable, Handle stream)
{
    (void)stream;
    LOCKED;
    if (!executable)
        RETURN(INVALID_VALUE);
    counts.graph_launches++;
    for (size_t i = 0; i < executable->count; i++) {
        counts.graph_kernels += executable->nodes[i].kind == KERNEL;
        run(&executable->nodes[i]);
    }
    RETURN(SUCCESS);
}

API CUresult cuGraphExecDestroy(struct graph *executable) { return cuGraphDestroy(executable); }
