package io.profilemesh.core.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.core.profile.ColumnDefinition;
import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.ColumnType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class AcceptedSchemaTest {

  private static final Instant THEN = Instant.parse("2026-03-02T06:00:00Z");

  @Property
  void shouldBeTheOldSchemaWhenEveryChangeStands(@ForAll long seed) {
    // given: a schema, and what became of it
    Random random = new Random(seed);
    List<ColumnDefinition> old = columns(2 + random.nextInt(8));
    List<ColumnDefinition> changed = changed(old, random);
    AcceptedSchema first = AcceptedSchema.of(old, List.of(), Map.of(), changed);

    // when: what differs was found, and a further run shows it still
    Map<ColumnName, FormerColumn.Standing> standing = new HashMap<>();
    for (ColumnName name : differing(old, changed)) {
      standing.put(name, new FormerColumn.Standing(first.former(name), THEN));
    }
    AcceptedSchema later = AcceptedSchema.of(changed, List.of(), standing, changed);

    // then
    assertThat(later.columns()).isEqualTo(old);
    assertThat(later.renames()).isEmpty();
    assertThat(later.since().keySet()).isEqualTo(standing.keySet());
  }

  @Test
  void shouldKnowTheFirstNameWhenAColumnWasRenamedTwice() {
    // given
    ColumnName mail = new ColumnName("mail");
    List<ColumnDefinition> now = List.of(column("id", 1, "text"), column("contact", 2, "text"));
    FormerColumn former = new FormerColumn(column("mail", 2, "text"), 1, 0.9);

    // when: mail became email, which becomes contact
    AcceptedSchema accepted =
        AcceptedSchema.of(
            now,
            List.of(new Rename(new ColumnName("email"), new ColumnName("contact"), 0.85)),
            Map.of(new ColumnName("email"), new FormerColumn.Standing(former, THEN)),
            now);

    // then
    assertThat(accepted.renames())
        .containsExactly(new Rename(mail, new ColumnName("contact"), 0.9));
    assertThat(accepted.former(new ColumnName("contact")).definition())
        .isEqualTo(column("mail", 2, "text"));
  }

  @Test
  void shouldHaveNothingToSayWhenARenamedColumnHasItsNameAgain() {
    // given
    List<ColumnDefinition> now = List.of(column("id", 1, "text"), column("mail", 2, "text"));
    FormerColumn former = new FormerColumn(column("mail", 2, "text"), 1, 0.9);
    Map<ColumnName, FormerColumn.Standing> standing =
        Map.of(new ColumnName("email"), new FormerColumn.Standing(former, THEN));
    List<ColumnDefinition> before = List.of(column("id", 1, "text"), column("email", 2, "text"));

    // when: the way back is inferred, or it is not
    AcceptedSchema inferred =
        AcceptedSchema.of(
            now,
            List.of(new Rename(new ColumnName("email"), new ColumnName("mail"), 0.9)),
            standing,
            now);
    AcceptedSchema unseen = AcceptedSchema.of(before, List.of(), standing, now);

    // then
    assertThat(inferred.columns()).isEqualTo(now);
    assertThat(inferred.renames()).isEmpty();
    assertThat(unseen.columns()).isEqualTo(now);
    assertThat(unseen.renames()).isEmpty();
  }

  /** Some gone, some moved, some of another type, some new. */
  private static List<ColumnDefinition> changed(List<ColumnDefinition> old, Random random) {
    List<ColumnDefinition> changed = new ArrayList<>(old);
    changed.removeIf(column -> random.nextInt(5) == 0);
    for (int i = random.nextInt(3); i > 0 && changed.size() > 1; i--) {
      changed.add(random.nextInt(changed.size()), changed.remove(random.nextInt(changed.size())));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      changed.add(random.nextInt(changed.size() + 1), column("new_" + i, 1, "text"));
    }
    changed.replaceAll(
        column ->
            random.nextInt(5) == 0
                ? column(column.name().value(), column.ordinal(), "bigint")
                : column);
    return Collections.unmodifiableList(changed);
  }

  /** As the detector tells them: by definition, and the fewest that explain the order. */
  private static Set<ColumnName> differing(
      List<ColumnDefinition> old, List<ColumnDefinition> changed) {
    Set<ColumnName> names = new LinkedHashSet<>();
    Map<ColumnName, ColumnDefinition> before = new HashMap<>();
    old.forEach(column -> before.put(column.name(), column));
    Set<ColumnName> now = new HashSet<>();
    for (ColumnDefinition column : changed) {
      now.add(column.name());
      if (!column.equals(before.get(column.name()))) {
        names.add(column.name());
      }
    }
    old.stream().map(ColumnDefinition::name).filter(one -> !now.contains(one)).forEach(names::add);
    List<ColumnName> common =
        changed.stream().map(ColumnDefinition::name).filter(before::containsKey).toList();
    List<ColumnName> order = old.stream().map(ColumnDefinition::name).toList();
    names.addAll(common);
    LongestAscent.of(common, order::indexOf).stream()
        .filter(name -> changed.contains(before.get(name)))
        .forEach(names::remove);
    return names;
  }

  private static List<ColumnDefinition> columns(int count) {
    List<ColumnDefinition> columns = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      columns.add(column("column_" + i, i, "text"));
    }
    return columns;
  }

  private static ColumnDefinition column(String name, int ordinal, String type) {
    return new ColumnDefinition(new ColumnName(name), ordinal, type, ColumnType.TEXT, true, null);
  }
}
