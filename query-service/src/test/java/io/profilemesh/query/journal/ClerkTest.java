package io.profilemesh.query.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.query.history.NoAnswerException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClerkTest {

  private final List<String> written = new ArrayList<>();
  private String state;
  private final Clerk<String> clerk = new Clerk<>("test", 3, this::write);

  @Test
  void shouldTakeNoMoreThanThereIsRoomFor() {
    assertThat(List.of("a", "b", "c", "d"))
        .map(clerk::take)
        .containsExactly(true, true, true, false);
    assertThat(clerk.isFull()).isTrue();

    clerk.stop();

    assertThat(written).containsExactly("a", "b", "c");
    assertThat(clerk.waiting()).isZero();
  }

  @Test
  void shouldKeepEntriesWhileTheDatabaseIsAway() {
    state = "08006";
    clerk.take("a");

    clerk.stop();

    assertThat(clerk.waiting()).isEqualTo(1);
    assertThat(written).isEmpty();
  }

  @Test
  void shouldDropOnlyTheEntryThatTheDatabaseRefuses() {
    state = "22021";
    List.of("a", "bad", "c").forEach(clerk::take);

    clerk.stop();

    assertThat(written).containsExactly("a", "c");
    assertThat(clerk.waiting()).isZero();
  }

  private void write(List<String> batch) {
    if (state != null && (!state.startsWith("22") || batch.contains("bad"))) {
      throw new NoAnswerException(new SQLException("x", state));
    }
    written.addAll(batch);
  }
}
