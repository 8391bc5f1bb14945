package io.profilemesh.schema.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.profilemesh.schema.Contract;
import io.profilemesh.schema.DeadLetter;
import io.profilemesh.schema.Sketch;
import io.profilemesh.schema.TableProfile;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class RecordJsonTest {

  @Test
  void shouldWriteInstantsForPeopleAndLeaveNullsOut() {
    DeadLetter letter = Contract.sample(DeadLetter.class);
    letter.setSchemaId(null);

    assertThat(RecordJson.write(letter))
        .contains("\"recordTimestamp\" : \"2026-11-20T02:00:04Z\"")
        .doesNotContain("schemaId");
  }

  @Test
  void shouldWriteOneLineWhenAskedTo() {
    assertThat(RecordJson.writeLine(Contract.sample(TableProfile.class))).doesNotContain("\n");
  }

  @Test
  void shouldLeaveBytesReadableForTheNext() {
    ByteBuffer data = ByteBuffer.wrap(new byte[] {1, 2, 3});
    Sketch sketch = Sketch.newBuilder().setData(data).build();

    assertThat(RecordJson.writeLine(sketch)).contains("\"data\":\"AQID\"");
    assertThat(data.remaining()).isEqualTo(3);
  }

  @Test
  void shouldNameTheFieldThatDoesNotFit() {
    assertThatThrownBy(() -> RecordJson.read("{\"offset\":\"x\"}", DeadLetter.class))
        .isInstanceOf(JsonFormatException.class)
        .hasMessageContaining("offset");
    assertThatThrownBy(() -> RecordJson.read("{\"partition\":1.5}", DeadLetter.class))
        .hasMessageContaining("partition");
    assertThatThrownBy(() -> RecordJson.read("{\"partition\":3000000000}", DeadLetter.class))
        .hasMessageContaining("partition");
    assertThatThrownBy(() -> RecordJson.read("nonsense", DeadLetter.class))
        .isInstanceOf(JsonFormatException.class);
  }
}
