package io.profilemesh.query.history;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param items items in the order of the list
 * @param next where the next page begins; null: there is none
 * @param previous where the previous page ends; null: there is none
 * @param total items of the whole list; null unless asked for
 */
public record Page<T>(
    List<T> items, @Nullable Cursor next, @Nullable Cursor previous, @Nullable Long total) {

  public Page {
    items = List.copyOf(items);
  }

  <R> Page<R> map(Function<List<T>, List<R>> change) {
    return new Page<>(change.apply(items), next, previous, total);
  }
}
