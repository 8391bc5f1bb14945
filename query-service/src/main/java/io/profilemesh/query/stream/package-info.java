/** What is told on a topic, told on to those who listen over HTTP. */
@NullMarked
package io.profilemesh.query.stream;

import org.jspecify.annotations.NullMarked;
