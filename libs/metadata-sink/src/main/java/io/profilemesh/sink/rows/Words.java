package io.profilemesh.sink.rows;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Enumerations as tables and answers spell them: in lower case. */
final class Words {

  private static final Map<Enum<?>, String> SPELLED = new ConcurrentHashMap<>();

  private Words() {}

  static String of(Enum<?> symbol) {
    return SPELLED.computeIfAbsent(symbol, one -> one.name().toLowerCase(Locale.ROOT));
  }

  static @Nullable String ofNullable(@Nullable Enum<?> symbol) {
    return symbol == null ? null : of(symbol);
  }
}
