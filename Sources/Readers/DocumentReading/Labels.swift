// SPDX-License-Identifier: Apache-2.0

/// The language of the words that readers add to a document, such as "Hidden slide" or "Notes".
package enum LabelLanguage: String, Sendable, Hashable, CaseIterable { case en, de, fr, es }

/// A word that is ours and not the document's.
package enum Label: Sendable, Hashable, CaseIterable {
    case notes, hiddenSlide, attachments
    case hidden, veryHidden, hiddenRows, hiddenColumns
    case areaChart, barChart, bubbleChart, doughnutChart, lineChart, pieChart, radarChart, scatterChart, stockChart, surfaceChart
    case size, depth, frames, pages, taken, camera, lens, exposure, place, altitude, author, copyright, keywords, software, comment
    case title, artist, album, track, genre, year, duration, codec, bitRate, sampleRate, channels, composer, lyrics
    case begins, ends, recurs, status, organizer, attendees, location
    case phone, email, address, organization, role, birthday, website, note
    case from, to, cc, bcc, replyTo, date, subject, content, emailMessage, noSubject, attachmentsLeft, membersLeft, more
    case start, end, due, name, company, department, jobTitle, messaging
    case businessPhone, mobilePhone, homePhone, businessFax, businessAddress, homeAddress
    case cover, authors, description, published, updated, categories, link, enclosure, entry
    case abstract, theorem, lemma, definition, corollary, proposition, proof, remark, example, claim, exercise, solution, conjecture
    case warning, tip, important, caution, danger, hint, attention, error, seeAlso, todo, addedIn, changedIn, deprecatedSince, removedIn

    package func text(in language: LabelLanguage) -> String {
        let (en, de, fr, es) = words
        return switch language {
        case .en: en
        case .de: de
        case .fr: fr
        case .es: es
        }
    }

    /// The label of the callout that markup languages name by this word, in any case: `NOTE`, `seealso`.
    package init?(callout word: String) {
        guard let label = Self.callouts[word.lowercased()] else { return nil }
        self = label
    }

    private static let callouts: [String: Label] = [
        "note": .note, "warning": .warning, "tip": .tip, "important": .important, "caution": .caution, "danger": .danger, "hint": .hint,
        "attention": .attention, "error": .error, "seealso": .seeAlso, "todo": .todo,
    ]

    private var words: (String, String, String, String) {
        switch self {
        case .notes: ("Notes", "Notizen", "Notes", "Notas")
        case .hiddenSlide: ("Hidden slide", "Ausgeblendete Folie", "Diapositive masquée", "Diapositiva oculta")
        case .hidden: ("hidden", "ausgeblendet", "masquée", "oculta")
        case .veryHidden: ("very hidden", "streng ausgeblendet", "très masquée", "muy oculta")
        case .hiddenRows: ("Hidden rows", "Ausgeblendete Zeilen", "Lignes masquées", "Filas ocultas")
        case .hiddenColumns: ("Hidden columns", "Ausgeblendete Spalten", "Colonnes masquées", "Columnas ocultas")
        case .areaChart: ("Area chart", "Flächendiagramm", "Graphique en aires", "Gráfico de áreas")
        case .barChart: ("Bar chart", "Balkendiagramm", "Graphique à barres", "Gráfico de barras")
        case .bubbleChart: ("Bubble chart", "Blasendiagramm", "Graphique à bulles", "Gráfico de burbujas")
        case .doughnutChart: ("Doughnut chart", "Ringdiagramm", "Graphique en anneau", "Gráfico de anillos")
        case .lineChart: ("Line chart", "Liniendiagramm", "Graphique en courbes", "Gráfico de líneas")
        case .pieChart: ("Pie chart", "Kreisdiagramm", "Graphique en secteurs", "Gráfico circular")
        case .radarChart: ("Radar chart", "Netzdiagramm", "Graphique en radar", "Gráfico radial")
        case .scatterChart: ("Scatter chart", "Punktdiagramm", "Nuage de points", "Gráfico de dispersión")
        case .stockChart: ("Stock chart", "Kursdiagramm", "Graphique boursier", "Gráfico de cotizaciones")
        case .surfaceChart: ("Surface chart", "Oberflächendiagramm", "Graphique en surface", "Gráfico de superficie")
        case .attachments: ("Attachments", "Anhänge", "Pièces jointes", "Adjuntos")
        case .size: ("Size", "Größe", "Dimensions", "Tamaño")
        case .depth: ("Bit depth", "Farbtiefe", "Profondeur", "Profundidad")
        case .frames: ("Frames", "Einzelbilder", "Images", "Fotogramas")
        case .pages: ("Pages", "Seiten", "Pages", "Páginas")
        case .taken: ("Taken", "Aufgenommen", "Prise de vue", "Tomada")
        case .camera: ("Camera", "Kamera", "Appareil", "Cámara")
        case .lens: ("Lens", "Objektiv", "Objectif", "Objetivo")
        case .exposure: ("Exposure", "Belichtung", "Exposition", "Exposición")
        case .place: ("Place", "Ort", "Lieu", "Lugar")
        case .altitude: ("Altitude", "Höhe", "Altitude", "Altitud")
        case .author: ("Author", "Autor", "Auteur", "Autor")
        case .copyright: ("Copyright", "Urheberrecht", "Droits d’auteur", "Derechos de autor")
        case .keywords: ("Keywords", "Stichwörter", "Mots-clés", "Palabras clave")
        case .software: ("Software", "Programm", "Logiciel", "Programa")
        case .comment: ("Comment", "Kommentar", "Commentaire", "Comentario")
        case .title: ("Title", "Titel", "Titre", "Título")
        case .artist: ("Artist", "Interpret", "Artiste", "Artista")
        case .album: ("Album", "Album", "Album", "Álbum")
        case .track: ("Track", "Titelnummer", "Piste", "Pista")
        case .genre: ("Genre", "Genre", "Genre", "Género")
        case .year: ("Date", "Datum", "Date", "Fecha")
        case .duration: ("Duration", "Dauer", "Durée", "Duración")
        case .codec: ("Codec", "Codec", "Codec", "Códec")
        case .bitRate: ("Bit rate", "Bitrate", "Débit", "Tasa de bits")
        case .sampleRate: ("Sample rate", "Abtastrate", "Fréquence", "Frecuencia")
        case .channels: ("Channels", "Kanäle", "Canaux", "Canales")
        case .composer: ("Composer", "Komponist", "Compositeur", "Compositor")
        case .lyrics: ("Lyrics", "Liedtext", "Paroles", "Letra")
        case .begins: ("Begins", "Beginn", "Début", "Inicio")
        case .ends: ("Ends", "Ende", "Fin", "Fin")
        case .recurs: ("Recurs", "Wiederholung", "Récurrence", "Repetición")
        case .status: ("Status", "Status", "État", "Estado")
        case .organizer: ("Organizer", "Veranstalter", "Organisateur", "Organizador")
        case .attendees: ("Attendees", "Teilnehmer", "Participants", "Asistentes")
        case .location: ("Location", "Ort", "Lieu", "Lugar")
        case .phone: ("Phone", "Telefon", "Téléphone", "Teléfono")
        case .email: ("Email", "E-Mail", "E-mail", "Correo")
        case .address: ("Address", "Adresse", "Adresse", "Dirección")
        case .organization: ("Organization", "Organisation", "Organisation", "Organización")
        case .role: ("Role", "Funktion", "Fonction", "Función")
        case .birthday: ("Birthday", "Geburtstag", "Anniversaire", "Cumpleaños")
        case .website: ("Website", "Website", "Site web", "Sitio web")
        case .note: ("Note", "Notiz", "Note", "Nota")
        case .from: ("From", "Von", "De", "De")
        case .to: ("To", "An", "À", "Para")
        case .cc: ("Cc", "Cc", "Cc", "Cc")
        case .bcc: ("Bcc", "Bcc", "Cci", "Cco")
        case .replyTo: ("Reply-To", "Antwort an", "Répondre à", "Responder a")
        case .date: ("Date", "Datum", "Date", "Fecha")
        case .subject: ("Subject", "Betreff", "Objet", "Asunto")
        case .content: ("Content", "Inhalt", "Contenu", "Contenido")
        case .emailMessage: ("Email Message", "E-Mail-Nachricht", "Message électronique", "Mensaje de correo")
        case .noSubject: ("(no subject)", "(kein Betreff)", "(sans objet)", "(sin asunto)")
        case .attachmentsLeft: ("Attachments not converted", "Nicht umgewandelte Anhänge", "Pièces jointes non converties", "Adjuntos no convertidos")
        case .membersLeft: ("Not converted", "Nicht umgewandelt", "Non convertis", "No convertidos")
        case .more: ("more", "weitere", "autres", "más")
        case .start: ("Start", "Beginn", "Début", "Inicio")
        case .end: ("End", "Ende", "Fin", "Fin")
        case .due: ("Due", "Fällig", "Échéance", "Vencimiento")
        case .name: ("Name", "Name", "Nom", "Nombre")
        case .company: ("Company", "Firma", "Société", "Empresa")
        case .department: ("Department", "Abteilung", "Service", "Departamento")
        case .jobTitle: ("Job title", "Position", "Fonction", "Cargo")
        case .messaging: ("Instant messaging", "Sofortnachrichten", "Messagerie instantanée", "Mensajería instantánea")
        case .businessPhone: ("Business phone", "Telefon geschäftlich", "Téléphone professionnel", "Teléfono del trabajo")
        case .mobilePhone: ("Mobile phone", "Mobiltelefon", "Téléphone mobile", "Teléfono móvil")
        case .homePhone: ("Home phone", "Telefon privat", "Téléphone personnel", "Teléfono particular")
        case .businessFax: ("Business fax", "Fax geschäftlich", "Télécopie professionnelle", "Fax del trabajo")
        case .businessAddress: ("Business address", "Adresse geschäftlich", "Adresse professionnelle", "Dirección del trabajo")
        case .homeAddress: ("Home address", "Adresse privat", "Adresse personnelle", "Dirección particular")
        case .cover: ("Cover", "Titelbild", "Couverture", "Portada")
        case .authors: ("Authors", "Autoren", "Auteurs", "Autores")
        case .description: ("Description", "Beschreibung", "Description", "Descripción")
        case .published: ("Published", "Veröffentlicht", "Publié", "Publicado")
        case .updated: ("Updated", "Aktualisiert", "Mis à jour", "Actualizado")
        case .categories: ("Categories", "Kategorien", "Catégories", "Categorías")
        case .link: ("Link", "Link", "Lien", "Enlace")
        case .enclosure: ("Enclosure", "Anlage", "Fichier joint", "Archivo adjunto")
        case .entry: ("Entry", "Eintrag", "Entrée", "Entrada")
        case .abstract: ("Abstract", "Zusammenfassung", "Résumé", "Resumen")
        case .theorem: ("Theorem", "Satz", "Théorème", "Teorema")
        case .lemma: ("Lemma", "Lemma", "Lemme", "Lema")
        case .definition: ("Definition", "Definition", "Définition", "Definición")
        case .corollary: ("Corollary", "Korollar", "Corollaire", "Corolario")
        case .proposition: ("Proposition", "Proposition", "Proposition", "Proposición")
        case .proof: ("Proof", "Beweis", "Démonstration", "Demostración")
        case .remark: ("Remark", "Bemerkung", "Remarque", "Observación")
        case .example: ("Example", "Beispiel", "Exemple", "Ejemplo")
        case .claim: ("Claim", "Behauptung", "Affirmation", "Afirmación")
        case .exercise: ("Exercise", "Aufgabe", "Exercice", "Ejercicio")
        case .solution: ("Solution", "Lösung", "Solution", "Solución")
        case .conjecture: ("Conjecture", "Vermutung", "Conjecture", "Conjetura")
        case .warning: ("Warning", "Warnung", "Avertissement", "Advertencia")
        case .tip: ("Tip", "Tipp", "Astuce", "Consejo")
        case .important: ("Important", "Wichtig", "Important", "Importante")
        case .caution: ("Caution", "Vorsicht", "Prudence", "Precaución")
        case .danger: ("Danger", "Gefahr", "Danger", "Peligro")
        case .hint: ("Hint", "Hinweis", "Indication", "Pista")
        case .attention: ("Attention", "Achtung", "Attention", "Atención")
        case .error: ("Error", "Fehler", "Erreur", "Error")
        case .seeAlso: ("See also", "Siehe auch", "Voir aussi", "Véase también")
        case .todo: ("Todo", "Zu erledigen", "À faire", "Pendiente")
        case .addedIn: ("Added in version", "Neu in Version", "Ajouté dans la version", "Añadido en la versión")
        case .changedIn: ("Changed in version", "Geändert in Version", "Modifié dans la version", "Cambiado en la versión")
        case .deprecatedSince: ("Deprecated since version", "Veraltet seit Version", "Déprécié depuis la version", "Obsoleto desde la versión")
        case .removedIn: ("Removed in version", "Entfernt in Version", "Supprimé dans la version", "Eliminado en la versión")
        }
    }
}
