/* The arithmetic of src/kernel/column.ts, and the draws of bench/batch.js, in C. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { PIECES = 8, BLOCK = 4096 };
typedef struct { double limit, a, b, inverse; } piece;
typedef struct { piece pieces[PIECES]; } column;
typedef struct { uint32_t a, b, c, d; } stream;

static uint32_t mix(uint32_t n) {
  uint32_t h = n + 0x9e3779b9u;
  h = (h ^ (h >> 16)) * 0x85ebca6bu;
  h = (h ^ (h >> 13)) * 0xc2b2ae35u;
  return h ^ (h >> 16);
}
static uint32_t next(stream *s) {
  uint32_t t = s->a + s->b + s->d;
  s->d++;
  s->a = s->b ^ (s->b >> 9);
  s->b = s->c + (s->c << 3);
  s->c = ((s->c << 21) | (s->c >> 11)) + t;
  return t;
}
static stream open_stream(uint32_t seed, uint32_t factor, uint32_t block) {
  stream s = {mix(seed), 0, 0, 1};
  s.b = mix(s.a ^ factor);
  s.c = mix(s.b ^ block);
  for (int i = 0; i < 12; i++) next(&s);
  return s;
}
static double points_at(const column *k, double v) {
  const piece *p = k->pieces;
  while (v > p->limit) p++;
  return (double)(int64_t)((p->a + p->b * v) * p->inverse);
}
static void add_points(const column *k, const double *values, double *into, int count) {
  for (int row = 0; row < count; row++) into[row] += points_at(k, values[row]);
}
static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
  if (argc != 6) return 2;
  int columns = atoi(argv[2]), rows = atoi(argv[3]), draws = atoi(argv[4]), units = atoi(argv[5]);
  column *k = malloc(sizeof(column) * columns);
  FILE *f = fopen(argv[1], "rb");
  if (!f || fread(k, sizeof(column), columns, f) != (size_t)columns) return 2;
  double *values = malloc(sizeof(double) * rows), *into = calloc(rows, sizeof(double));
  stream s = open_stream(1, 0, 0);
  for (int i = 0; i < rows; i++) values[i] = (double)(int64_t)((next(&s) + 0.5) / 4294967296.0 * 100000000);
  double start = now();
  for (int at = 0; at < rows; at += BLOCK) {
    int count = rows - at < BLOCK ? rows - at : BLOCK;
    for (int c = 0; c < columns; c++) add_points(&k[c], values + at, into + at, count);
  }
  double batch = now() - start, sum = 0;
  for (int i = 0; i < rows; i++) sum += into[i];
  static double block_values[BLOCK], own[BLOCK], score[BLOCK], rank[BLOCK];
  double ranks = 0;
  start = now();
  for (int done = 0, block = 0; done < draws; done += BLOCK, block++) {
    int count = draws - done < BLOCK ? draws - done : BLOCK;
    for (int i = 0; i < count; i++) rank[i] = 1;
    for (int u = 0; u < units; u++) {
      memset(score, 0, sizeof score);
      stream t = open_stream(1, u, block);
      for (int c = 0; c < columns; c++) {
        for (int i = 0; i < count; i++) block_values[i] = (double)(int64_t)((next(&t) + 0.5) / 4294967296.0 * 100000000);
        add_points(&k[c], block_values, score, count);
      }
      if (u == 0) memcpy(own, score, sizeof score);
      else for (int i = 0; i < count; i++) rank[i] += score[i] > own[i];
    }
    for (int i = 0; i < count; i++) ranks += rank[i];
  }
  printf("{\"batch\":%.9f,\"sum\":%.0f,\"simulation\":%.9f,\"ranks\":%.0f}\n", batch, sum, now() - start, ranks);
  return 0;
}
