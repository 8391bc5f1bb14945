package io.profilemesh.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.schema.ProfileRequest;
import io.profilemesh.schema.SamplingMethod;
import io.profilemesh.schema.Trigger;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestRecordTest {

  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123456Z");

  @Test
  void shouldLeaveOptionsToConfigurationWhenNoneAreGiven() {
    ProfileRequest request =
        RequestRecord.of(
            ProfileOrder.of("r-1", "shop", TableName.parse("public.*"), "cli:me", null), NOW);

    assertThat(request.getOptions()).isNull();
    assertThat(request.getRequestId()).isEqualTo("r-1");
    assertThat(request.getSource()).isEqualTo("shop");
    assertThat(request.getTable()).isEqualTo("public.*");
    assertThat(request.getTrigger()).isEqualTo(Trigger.CLI);
    assertThat(request.getRequestedAt()).isEqualTo(Instant.parse("2026-11-20T10:00:00.123Z"));
  }

  @Test
  void shouldChooseTheRunThatTheServiceWouldDerive() {
    ProfileOrder order = ProfileOrder.of("r-1", "shop", TableName.parse("a.b"), "cli", null);

    assertThat(RequestRecord.of(order, NOW).getRunId())
        .isEqualTo(io.profilemesh.core.profile.RunId.derivedFrom("r-1").toString());
  }

  @Test
  void shouldCarryEveryOption() {
    ProfileRequest request =
        RequestRecord.of(
            new ProfileOrder(
                "r-1",
                "shop",
                TableName.parse("shop/public/orders@daily"),
                List.of("public.items"),
                List.of("public.tmp_*"),
                List.of("total"),
                List.of("note"),
                0.1,
                7L,
                30,
                null,
                false,
                "cli",
                "because"),
            NOW);

    assertThat(request.getExclude()).containsExactly("public.tmp_*");
    assertThat(request.getReason()).isEqualTo("because");
    var options = request.getOptions();
    assertThat(options.getIncludeColumns()).containsExactly("total");
    assertThat(options.getExcludeColumns()).containsExactly("note");
    assertThat(options.getSampling().getMethod()).isEqualTo(SamplingMethod.BERNOULLI);
    assertThat(options.getSampling().getFraction()).isEqualTo(0.1);
    assertThat(options.getSampling().getSeed()).isEqualTo(7L);
    assertThat(options.getSlice().getName()).isEqualTo("daily");
    assertThat(options.getSlice().getLast()).isEqualTo(30);
    assertThat(request.getTables()).containsExactly("public.items");
    assertThat(request.getTrigger()).isEqualTo(Trigger.BACKFILL);
    assertThat(request.getDryRun()).isFalse();
  }

  @Test
  void shouldNameThePeriodsOfATime() {
    Instant from = Instant.parse("2026-01-01T00:00:00Z");
    Instant to = Instant.parse("2026-02-01T00:00:00Z");

    ProfileRequest request =
        RequestRecord.of(
            ProfileOrder.plan(
                "r-1",
                "shop",
                TableName.parse("shop/public/orders@daily"),
                List.of(),
                List.of(),
                null,
                new ProfileOrder.Span(from, to),
                "cli"),
            NOW);

    var slice = request.getOptions().getSlice();
    assertThat(slice.getName()).isEqualTo("daily");
    assertThat(slice.getStart()).isEqualTo(from);
    assertThat(slice.getEnd()).isEqualTo(to);
    assertThat(slice.getLast()).isNull();
    assertThat(request.getTrigger()).isEqualTo(Trigger.BACKFILL);
  }
}
