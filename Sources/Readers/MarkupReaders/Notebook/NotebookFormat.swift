// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let ipynb = Format(
        "ipynb", "Jupyter notebook", extensions: ["ipynb"],
        mediaTypes: ["application/x-ipynb+json"],
        carried: "cells in order, code with its language, outputs as text, tables and pictures, errors, title and authors",
        leftOut: "widgets, scripts, other kinds of an output that is shown already, execution counts",
        reader: { NotebookReader() })
}
