/** Checks documents, compose file and manifests against the code they speak of. */
@NullMarked
package io.profilemesh.docs;

import org.jspecify.annotations.NullMarked;
