package io.profilemesh.core.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;

class LongestAscentTest {

  @Property(tries = 300)
  void shouldFindOneOfTheLongestWhenPlacesAreMixed(
      @ForAll @UniqueElements @Size(max = 9) List<@IntRange(max = 30) Integer> places) {
    // when
    Set<Integer> ascent = LongestAscent.of(places, place -> place);

    // then
    List<Integer> inOrder = places.stream().filter(ascent::contains).toList();
    assertThat(inOrder).isSorted();
    assertThat(ascent).hasSize(longest(places));
  }

  /** By trying every subset. */
  private static int longest(List<Integer> places) {
    int best = 0;
    for (int subset = 0; subset < 1 << places.size(); subset++) {
      int chosen = subset;
      List<Integer> kept =
          places.stream().filter(place -> (chosen >> places.indexOf(place) & 1) == 1).toList();
      boolean ascends = kept.stream().sorted().toList().equals(kept);
      best = ascends ? Math.max(best, kept.size()) : best;
    }
    return best;
  }
}
