/** Translation between records on topics and the core library. */
@NullMarked
package io.profilemesh.judgement.mapping;

import org.jspecify.annotations.NullMarked;
