package io.profilemesh.profiler.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.profiler.scan.RanStatement;
import io.profilemesh.schema.SourceStatement;
import io.profilemesh.schema.StatementKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatementLogTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private final StatementLog log = new StatementLog();

  @Test
  void shouldPutTogetherWhatDiffersInLiteralsOnly() {
    // when
    ran("SELECT 1 FROM t WHERE d < '2026-01-01'", 2_000, 5L, 50L, true, NOON.plusSeconds(2));
    ran("SELECT 1 FROM t WHERE d < '2026-02-01'", 5_000, 7L, null, false, NOON.plusSeconds(3));

    // then
    SourceStatement one = log.statements().get(0);
    assertThat(log.statements()).hasSize(1);
    assertThat(one.getKind()).isEqualTo(StatementKind.SCAN);
    assertThat(one.getText()).isEqualTo("SELECT ? FROM t WHERE d < ?");
    assertThat(one.getExecutions()).isEqualTo(2);
    assertThat(one.getStartedAt()).isEqualTo(NOON.minusSeconds(2));
    assertThat(one.getEndedAt()).isEqualTo(NOON.plusSeconds(3));
    assertThat(one.getDurationMs()).isEqualTo(7_000);
    assertThat(one.getRows()).isEqualTo(12);
    assertThat(one.getBytes()).isEqualTo(50);
    assertThat(one.getCompleted()).isFalse();
  }

  @Test
  void shouldHoldNoMoreThanARecordShould() {
    // when
    for (int i = 0; i < 300; i++) {
      ran("SELECT " + "c, ".repeat(2_000) + "x FROM t" + i, 10, 1L, 1L, true, NOON);
    }

    // then
    List<SourceStatement> statements = log.statements();
    assertThat(statements).hasSize(StatementLog.MOST);
    assertThat(statements)
        .allSatisfy(one -> assertThat(one.getText()).hasSizeLessThanOrEqualTo(1_000));
    assertThat(statements.get(3).getText()).startsWith("SELECT c, c").endsWith("x FROM t3");
    assertThat(statements.get(StatementLog.MOST - 1).getText()).isEqualTo("Other statements");
    assertThat(statements.stream().mapToInt(SourceStatement::getExecutions).sum()).isEqualTo(300);
  }

  private void ran(String sql, long millis, Long rows, Long bytes, boolean completed, Instant now) {
    log.add(
        new RanStatement(
            RanStatement.Kind.SCAN, sql, Duration.ofMillis(millis), rows, bytes, completed),
        now);
  }
}
