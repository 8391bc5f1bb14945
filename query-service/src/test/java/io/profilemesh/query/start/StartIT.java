package io.profilemesh.query.start;

import static io.profilemesh.schema.Severity.LOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.metadata.ApplyOptions;
import io.profilemesh.metadata.SchemaSupport;
import io.profilemesh.query.ServiceProcess;
import io.profilemesh.query.TopicFeed;
import io.profilemesh.sink.Samples;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
class StartIT {

  @Test
  void shouldEndWithOneSentenceWhenTheTablesAreMissingOrOld() throws Exception {
    try (ServiceProcess service = ServiceProcess.create()) {
      assertThat(service.start().awaitExit()).isEqualTo(1);
      assertThat(service.log()).contains("profilemesh migrate apply").doesNotContain("\tat ");

      service.migrations().apply(ApplyOptions.upTo(3));
      assertThat(service.start().awaitExit()).isEqualTo(1);
      assertThat(service.log()).contains("version 3").doesNotContain("\tat ");
    }
  }

  @Test
  void shouldAnswerButStoreNothingUntilTheTablesAreMigrated() throws Exception {
    try (ServiceProcess service = ServiceProcess.create().with("profilemesh.access.mode", "off")) {
      // given
      service.migrations().apply(ApplyOptions.upTo(SchemaSupport.OLDEST_READABLE));
      service.start().awaitReady();

      // when
      try (TopicFeed feed = new TopicFeed(service.mesh())) {
        feed.wholeRun(Samples.of("orders", new UUID(0x4000L, Long.MIN_VALUE).toString()), LOW);
      }

      // then
      assertThat(service.log()).contains("Until then REST answers", "profilemesh migrate apply");
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> service.body("/q/health/ready").contains("profilemesh migrate apply"));
      assertThat(service.status("/q/health/ready")).isEqualTo(200);
      assertThat(service.status("/api/v1/runs")).isEqualTo(200);
      assertThat(service.status("/api/v1/tables")).isEqualTo(200);
      assertThat(count(service, "profilemesh_runs")).isZero();

      // and when
      service.migrations().apply(ApplyOptions.all());

      // then
      Awaitility.await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> count(service, "profilemesh_runs WHERE status = 'completed'") == 1);
    }
  }

  @Test
  void shouldRefuseToListenBeyondLoopbackWithoutAccessControl() throws Exception {
    try (ServiceProcess service =
        ServiceProcess.create()
            .with("quarkus.http.host", "0.0.0.0")
            .with("profilemesh.access.mode", "off")) {
      assertThat(service.start().awaitExit()).isEqualTo(1);
      assertThat(service.log()).contains(Reachability.SWITCH).doesNotContain("\tat ");
    }
  }

  @Test
  void shouldNeitherLoseNorDoubleRowsWhenKilledWhileItStores() throws Exception {
    // given
    int runs = 200;
    try (ServiceProcess service = ServiceProcess.create()) {
      service.migrations().apply(ApplyOptions.all());
      service.start().awaitReady();

      // when
      try (TopicFeed feed = new TopicFeed(service.mesh())) {
        for (int i = 0; i < runs; i++) {
          feed.wholeRun(
              Samples.of("table_" + i % 7, new UUID(0x4000L, Long.MIN_VALUE | i).toString()), LOW);
          if (i == 70 || i == 140) {
            service.kill();
            service.start();
          }
        }
      }
      service.awaitReady();

      // then
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () -> {
                assertThat(count(service, "profilemesh_runs WHERE status = 'completed'"))
                    .isEqualTo(runs);
                assertThat(count(service, "profilemesh_events WHERE event_type = 'drift'"))
                    .isEqualTo(2L * runs);
                assertThat(count(service, "profilemesh_verdicts")).isEqualTo(runs);
              });
      assertThat(count(service, "profilemesh_events")).isEqualTo(5L * runs);
      assertThat(count(service, "profilemesh_column_profiles")).isEqualTo(2L * runs);
    }
  }

  private static long count(ServiceProcess service, String from) throws Exception {
    try (Connection connection = service.database().connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + from)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
