/* Late interaction over product-quantised tokens, sixteen query tokens at a time: see maxsim.py.

   A table (parts, 256, 16) has the products of a query's tokens with the centroids of each part; a token's products are
   the sum of the rows that its codes name. Its entries are 16-bit integers: half the memory of floats, so that it stays
   in the processor's second cache, and sixteen of them are one register of AVX2. */

#include <stdint.h>

#define LANES 16
#define CENTROIDS 256

#if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__)
#define FOR_EACH_PROCESSOR __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define FOR_EACH_PROCESSOR
#endif

typedef float lanes __attribute__((vector_size(LANES * sizeof(float)), aligned(sizeof(float))));
typedef int32_t wide __attribute__((vector_size(LANES * sizeof(int32_t)), aligned(sizeof(int32_t))));
typedef int16_t narrow __attribute__((vector_size(LANES * sizeof(int16_t)), aligned(sizeof(int16_t))));

/* Rounded, in the range of 16 bits: a conversion cuts off, so all are made positive before. */
#define TO_POSITIVE 32768.5f

FOR_EACH_PROCESSOR
void fill_table(const float *centroids, const float *query, int64_t parts, int64_t size, float scale, int16_t *table)
{
    for (int64_t part = 0; part < parts; part++) {
        const lanes *components = (const lanes *)query + part * size;
        for (int64_t centroid = 0; centroid < CENTROIDS; centroid++) {
            const float *values = centroids + (part * CENTROIDS + centroid) * size;
            lanes product = {0};
            for (int64_t component = 0; component < size; component++)
                product += values[component] * components[component];
            wide rounded = __builtin_convertvector(product * scale + TO_POSITIVE, wide) - 32768;
            ((narrow *)table)[part * CENTROIDS + centroid] = __builtin_convertvector(rounded, narrow);
        }
    }
}

FOR_EACH_PROCESSOR
void add_best_matches(const int16_t *table, int64_t parts, const uint8_t *codes, const int64_t *starts,
                      const int64_t *ends, int64_t spans, int64_t *sums)
{
    const narrow *rows = (const narrow *)table;
    for (int64_t span = 0; span < spans; span++) {
        narrow best = {0};
        for (int64_t token = starts[span]; token < ends[span]; token++) {
            const uint8_t *code = codes + token * parts;
            narrow even = {0}, odd = {0}; /* two sums, so that one needn't wait for the other */
            int64_t part = 0;
            for (; part + 1 < parts; part += 2) {
                even += rows[part * CENTROIDS + code[part]];
                odd += rows[(part + 1) * CENTROIDS + code[part + 1]];
            }
            if (part < parts)
                even += rows[part * CENTROIDS + code[part]];
            even += odd;
            narrow is_better = token == starts[span] ? even == even : even > best;
            best = (even & is_better) | (best & ~is_better);
        }
        for (int lane = 0; lane < LANES; lane++)
            sums[span] += best[lane];
    }
}
