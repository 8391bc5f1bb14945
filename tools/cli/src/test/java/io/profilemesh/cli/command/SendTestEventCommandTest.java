package io.profilemesh.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.cli.command.Terminal.Result;
import io.profilemesh.schema.DriftEvent;
import io.profilemesh.schema.RecordRules;
import io.profilemesh.schema.Severity;
import org.junit.jupiter.api.Test;

class SendTestEventCommandTest {

  private final Terminal terminal = new Terminal();

  @Test
  void shouldSendAnEventThatIsMarkedAndObeysTheRules() {
    terminal.environment.put("USER", "ada");

    Result result =
        terminal.type(
            "send-test-event shop.public.orders --severity medium --owner shop-team --tag gold"
                + " --environment production --format json");

    assertThat(result.code()).as(result.err()).isZero();
    DriftEvent event = terminal.mesh.testEvents.get(0);
    assertThat(event.getTest()).isTrue();
    assertThat(RecordRules.check(event)).isEmpty();
    assertThat(event.getSeverity()).isEqualTo(Severity.MEDIUM);
    assertThat(event.getOwner()).isEqualTo("shop-team");
    assertThat(event.getTags()).containsExactly("gold");
    assertThat(event.getMessage()).contains("cli:ada").contains("nothing has drifted");
    assertThat(Fakes.json(result.out()).path("eventId").asText()).isEqualTo(event.getEventId());
  }

  @Test
  void shouldGiveEveryTestAnIdOfItsOwn() {
    terminal.type("send-test-event");
    terminal.type("send-test-event");

    assertThat(terminal.mesh.testEvents).extracting(DriftEvent::getEventId).doesNotHaveDuplicates();
    assertThat(terminal.mesh.testEvents.get(0).getDatasetId()).isEqualTo("test/public/test");
    assertThat(terminal.type("send-test-event orders").code()).isEqualTo(2);
    assertThat(terminal.type("send-test-event --severity huge").code()).isEqualTo(2);
  }
}
