package io.profilemesh.profiler.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChangeCountsTest {

  @Test
  void shouldReadLikeASentence() {
    assertThat(new ChangeCounts(1, 0, 0, 0)).hasToString("1 row inserted");
    assertThat(new ChangeCounts(1_200, 0, 3, 0)).hasToString("1,200 rows inserted, 3 deleted");
    assertThat(new ChangeCounts(0, 1, 1, 0)).hasToString("1 row updated, 1 deleted");
    assertThat(new ChangeCounts(5, 0, 0, 1)).hasToString("5 rows inserted, the table truncated");
    assertThat(new ChangeCounts(0, 0, 0, 1)).hasToString("the table truncated");
  }

  @Test
  void shouldAddUp() {
    assertThat(new ChangeCounts(1, 2, 3, 4).plus(new ChangeCounts(10, 20, 30, 40)))
        .isEqualTo(new ChangeCounts(11, 22, 33, 44));
    assertThat(new ChangeCounts(11, 22, 33, 44).rows()).isEqualTo(66);
  }
}
