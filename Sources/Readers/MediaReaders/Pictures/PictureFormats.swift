// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let jpg = picture("jpg", "JPEG picture", ["jpg", "jpeg", "jpe", "jfif"], ["image/jpeg"], .jpeg)
    package static let png = picture("png", "PNG picture", ["png", "apng"], ["image/png"], .png)
    package static let gif = picture("gif", "GIF picture", ["gif"], ["image/gif"], .gif)
    package static let tiff = picture("tiff", "TIFF picture", ["tiff", "tif"], ["image/tiff"], .tiff)
    package static let webp = picture("webp", "WebP picture", ["webp"], ["image/webp"], .webp)
    package static let bmp = picture("bmp", "Windows bitmap", ["bmp", "dib"], ["image/bmp"], .bmp)
    package static let heic = picture("heic", "HEIC or AVIF picture", ["heic", "heif", "hif", "avif"], ["image/heic", "image/heif", "image/avif"], .heif)
    package static let psd = picture("psd", "Photoshop picture", ["psd", "psb"], ["image/vnd.adobe.photoshop", "application/x-photoshop"], .psd)

    private static func picture(_ name: String, _ title: String, _ extensions: [String], _ types: [String], _ kind: PictureReader.Kind) -> Format {
        Format(
            name, title, extensions: extensions, mediaTypes: types,
            carried: "size, date, camera, place, author, title, description, keywords",
            leftOut: "the picture itself and the text in it", reader: { PictureReader(kind) })
    }
}
