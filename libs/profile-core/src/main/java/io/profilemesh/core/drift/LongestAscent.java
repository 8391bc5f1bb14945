package io.profilemesh.core.drift;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;

/** The longest ascending subsequence (patience sorting, Fredman 1975): O(n log n). */
final class LongestAscent {

  private LongestAscent() {}

  /** The elements of one longest subsequence whose places ascend; places are distinct. */
  static <T> Set<T> of(List<T> elements, ToIntFunction<T> place) {
    int[] places = elements.stream().mapToInt(place).toArray();
    int[] tails = new int[places.length];
    int[] previous = new int[places.length];
    int length = 0;
    for (int i = 0; i < places.length; i++) {
      int at = lowerBound(places, tails, length, places[i]);
      previous[i] = at == 0 ? -1 : tails[at - 1];
      tails[at] = i;
      length = Math.max(length, at + 1);
    }
    List<T> ascent = new ArrayList<>(length);
    for (int i = length == 0 ? -1 : tails[length - 1]; i >= 0; i = previous[i]) {
      ascent.add(elements.get(i));
    }
    return new LinkedHashSet<>(ascent);
  }

  /** The first of the tails whose place is not below the wanted one. */
  private static int lowerBound(int[] places, int[] tails, int length, int wanted) {
    int low = 0;
    int high = length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (places[tails[middle]] < wanted) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
