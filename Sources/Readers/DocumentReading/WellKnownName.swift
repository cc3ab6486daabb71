// SPDX-License-Identifier: Apache-2.0

/// File names that say what is in the file without an extension, or against the one they have: `Makefile`, `CMakeLists.txt`.
package enum WellKnownName {
    /// The extension that a file of this name would have, in lower case; nil for names that say nothing.
    package static func fileExtension(of name: String) -> String? {
        let name = name.lowercased()
        guard name.utf8.count <= 24 else { return nil }
        if let known = table[name] { return known }
        // Variants: `Dockerfile.test`, `Makefile.am`.
        return stems.contains { name.hasPrefix($0) } ? name.split(separator: ".").first.flatMap { table[String($0)] } : nil
    }

    private static let stems = ["dockerfile.", "containerfile.", "makefile.", "jenkinsfile."]

    private static let table: [String: String] = {
        var table: [String: String] = [:]
        for (fileExtension, names) in [
            ("mk", "makefile gnumakefile bsdmakefile kbuild"), ("dockerfile", "dockerfile containerfile"), ("cmake", "cmakelists.txt"),
            ("rb", "rakefile gemfile guardfile vagrantfile capfile podfile fastfile brewfile berksfile dangerfile thorfile"),
            ("groovy", "jenkinsfile"), ("py", "sconstruct sconscript wscript snakefile"), ("bzl", "build.bazel workspace.bazel module.bazel"),
            ("sh", "pkgbuild apkbuild .bashrc .bash_profile .bash_logout .bash_aliases .profile .zshrc .zprofile .kshrc configure"), ("vim", ".vimrc"), ("el", ".emacs"),
            ("ini", ".gitconfig .editorconfig .npmrc .pylintrc .flake8 .gitmodules"), ("env", ".env"), ("yaml", ".clang-format .clang-tidy .yamllint procfile"),
            ("json", ".babelrc .eslintrc .prettierrc .jshintrc composer.lock"), ("toml", "pipfile cargo.lock poetry.lock"),
            ("txt", "readme license licence copying copyright notice authors contributors maintainers credits thanks changelog changes history news todo install version"),
            ("txt", ".gitignore .dockerignore .npmignore .gitattributes .mailmap codeowners requirements.txt"),
        ] {
            for name in names.split(separator: " ") { table[String(name)] = fileExtension }
        }
        return table
    }()
}
