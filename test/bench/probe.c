/* Random 64-bit keys into one open-addressed table of 1 GiB, 64 at a time, up to half full: what memory alone allows a search that
 * asks its table once a transition. Prints keys a second of user CPU. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

enum { BATCH = 64 };

static uint64_t mixed(uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

int main(void) {
  const uint64_t slots = 1u << 27;
  uint64_t *table = calloc(slots, sizeof *table);
  if (table == NULL) return 1;
  uint64_t keys[BATCH], next = 1;
  for (uint64_t i = 0; i < slots; i += 512) table[i] = 0; /* pages are there before the clock starts */
  struct rusage before, after;
  getrusage(RUSAGE_SELF, &before);
  for (uint64_t n = 0; n < slots / 2; n += BATCH) {
    for (int i = 0; i < BATCH; i++) {
      keys[i] = mixed(next++) | 1;
      __builtin_prefetch(&table[keys[i] >> 37]);
    }
    for (int i = 0; i < BATCH; i++) {
      uint64_t at = keys[i] >> 37;
      while (table[at] != 0 && table[at] != keys[i]) at = (at + 1) & (slots - 1);
      table[at] = keys[i];
    }
  }
  getrusage(RUSAGE_SELF, &after);
  double seconds = (after.ru_utime.tv_sec - before.ru_utime.tv_sec) + (after.ru_utime.tv_usec - before.ru_utime.tv_usec) / 1e6;
  printf("%.0f\n", (slots / 2) / seconds);
  return 0;
}
