package io.profilemesh.stack.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.schema.Topics;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class SettingsTest {

  private static Properties broker(Path storage) throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(KafkaBroker.serverProperties(20_001, 20_002, storage)));
    return properties;
  }

  @Test
  void shouldListenOnLoopbackOnly() throws IOException {
    // when
    Properties broker = broker(Path.of("/data"));

    // then
    assertThat(broker.getProperty("listeners"))
        .isEqualTo("PLAINTEXT://127.0.0.1:20001,CONTROLLER://127.0.0.1:20002");
    assertThat(PostgresServer.settings(20_003, true))
        .contains("listen_addresses = '127.0.0.1'")
        .contains("port = 20003");
  }

  @Test
  void shouldTakeTheLargestRecordOfTheMesh() throws IOException {
    // when
    int limit = Integer.parseInt(broker(Path.of("/data")).getProperty("message.max.bytes"));

    // then
    assertThat(limit).isGreaterThan(Topics.MAX_MESSAGE_BYTES);
  }

  @Test
  void shouldNotInventTopicsNorNeedOtherBrokers() throws IOException {
    assertThat(broker(Path.of("/data")))
        .containsEntry("auto.create.topics.enable", "false")
        .containsEntry("offsets.topic.replication.factor", "1")
        .containsEntry("transaction.state.log.replication.factor", "1")
        .containsEntry("transaction.state.log.min.isr", "1")
        .containsEntry("group.initial.rebalance.delay.ms", "0");
  }

  @Test
  void shouldKeepPathWithSpacesAndBackslashes() throws IOException {
    assertThat(broker(Path.of("/my data/a\\b")).getProperty("log.dirs")).isEqualTo("/my data/a\\b");
  }

  @Test
  void shouldBeDurableUnlessForTests() {
    assertThat(PostgresServer.settings(1, true)).contains("fsync = on");
    assertThat(PostgresServer.settings(1, false)).contains("fsync = off");
  }

  @Test
  void shouldDecodeRowChangesAndKeepValuesOutOfTheLog() {
    assertThat(PostgresServer.settings(1, true))
        .contains("wal_level = logical")
        .contains("log_min_error_statement = panic");
  }
}
