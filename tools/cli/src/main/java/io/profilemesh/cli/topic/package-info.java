/** Records of the topics, as they come. */
@NullMarked
package io.profilemesh.cli.topic;

import org.jspecify.annotations.NullMarked;
