/* The best match of each of sixteen query tokens in spans of product-quantised tokens: see maxsim.py.

   A table of float32 (parts, 256, 16) has the products of a query's tokens with the centroids of each part; a token's
   products are the sum of the rows that its codes name. Sixteen floats are one register of AVX-512, two of AVX2. */

#include <stdint.h>
#include <string.h>

#define LANES 16
#define CENTROIDS 256

#if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__)
#define FOR_EACH_PROCESSOR __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define FOR_EACH_PROCESSOR
#endif

typedef float lanes __attribute__((vector_size(LANES * sizeof(float)), aligned(sizeof(float))));

FOR_EACH_PROCESSOR
void best_matches(const float *table, int64_t parts, const uint8_t *codes, const int64_t *starts, const int64_t *ends,
                  int64_t spans, float *best)
{
    for (int64_t span = 0; span < spans; span++) {
        lanes highest = {0};
        for (int64_t token = starts[span]; token < ends[span]; token++) {
            const uint8_t *code = codes + token * parts;
            lanes even = {0}, odd = {0}; /* two sums, so that one needn't wait for the other */
            int64_t part = 0;
            for (; part + 1 < parts; part += 2) {
                even += *(const lanes *)(table + (part * CENTROIDS + code[part]) * LANES);
                odd += *(const lanes *)(table + ((part + 1) * CENTROIDS + code[part + 1]) * LANES);
            }
            if (part < parts)
                even += *(const lanes *)(table + (part * CENTROIDS + code[part]) * LANES);
            even += odd;
            for (int lane = 0; lane < LANES; lane++)
                highest[lane] = token == starts[span] || even[lane] > highest[lane] ? even[lane] : highest[lane];
        }
        memcpy(best + span * LANES, &highest, sizeof highest);
    }
}
